import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';

/** Standard normal values, `[rows, columns]`. */
export function normal(rows: number, columns: number, seed: number): DenseMatrix<Float64Array> {
  const random = randomSource(seed);
  return denseMatrix(
    Float64Array.from({ length: rows * columns }, () => random.normal()),
    rows,
    columns,
  );
}

/** Householder's reflection in a random hyperplane, `[q, q]`: orthogonal. */
export function reflection(q: number, seed: number): DenseMatrix<Float64Array> {
  const axis = normal(1, q, seed).values;
  const length = axis.reduce((sum, x) => sum + x * x, 0);
  return denseMatrix(
    Float64Array.from({ length: q * q }, (_, p) => {
      const [i, j] = [Math.floor(p / q), p % q];
      return (i === j ? 1 : 0) - (2 * axis[i]! * axis[j]!) / length;
    }),
    q,
    q,
  );
}

/** Columns of mean 0, in single precision. */
export function centred({ rows, columns, values }: DenseMatrix): DenseMatrix<Float32Array> {
  const means = new Float64Array(columns);
  values.forEach((value: number, p: number) => {
    means[p % columns]! += value / rows;
  });
  return denseMatrix(
    Float32Array.from(values, (value, p) => value - means[p % columns]!),
    rows,
    columns,
  );
}

/** Centres `[k, d]` repeated over the labels, with noise. */
export function around(
  centres: DenseMatrix,
  labels: ArrayLike<number>,
  { noise, seed }: { readonly noise: number; readonly seed: number },
): DenseMatrix<Float64Array> {
  const d = centres.columns;
  const drawn = normal(labels.length, d, seed);
  const values = drawn.values.map(
    (value, p) => noise * value + centres.values[labels[Math.floor(p / d)]! * d + (p % d)]!,
  );
  return denseMatrix(values, labels.length, d);
}

/** Labels `0, 1, ..., clusters - 1, 0, 1, ...`. */
export function inTurn(n: number, clusters: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i % clusters);
}

/** Largest difference of two matrices of one shape. */
export function furthest(a: DenseMatrix, b: DenseMatrix): number {
  return Math.max(...Array.from(a.values, (value, p) => Math.abs(value - b.values[p]!)));
}

/** `A - B`. */
export function difference(a: DenseMatrix, b: DenseMatrix): DenseMatrix<Float64Array> {
  return denseMatrix(
    Float64Array.from(a.values, (value, p) => value - b.values[p]!),
    a.rows,
    a.columns,
  );
}

/** Sum of the squares of all values. */
export function squares({ values }: DenseMatrix): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
