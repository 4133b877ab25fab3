import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { readValues, tf, toTensor } from '@crossmodal/tensors';

/** `A B`, shape `[n, m]`, of small matrices. */
export function product(a: DenseMatrix, b: DenseMatrix): DenseMatrix<Float64Array> {
  const { rows: n, columns: d } = a;
  const m = b.columns;
  const values = new Float64Array(n * m);
  for (let i = 0; i < n; i++)
    for (let p = 0; p < d; p++) {
      const x = a.values[i * d + p]!;
      if (x === 0) continue;
      for (let j = 0, at = i * m; j < m; j++, at++) values[at]! += x * b.values[p * m + j]!;
    }
  return denseMatrix(values, n, m);
}

/** `X B` for many rows, on the active backend in single precision, shape `[n, m]`. */
export function projected(x: DenseMatrix, b: DenseMatrix): DenseMatrix<Float64Array> {
  const values = readValues(() => tf.matMul(toTensor(x), toTensor(b)));
  return denseMatrix(Float64Array.from(values), x.rows, b.columns);
}

/** `factor A`. */
export function scaled({ rows, columns, values }: DenseMatrix, factor: number): DenseMatrix<Float64Array> {
  return denseMatrix(
    Float64Array.from(values, (value) => factor * value),
    rows,
    columns,
  );
}

/** Mean of each column. */
export function columnMeans({ rows, columns, values }: DenseMatrix): Float64Array {
  const means = new Float64Array(columns);
  values.forEach((value: number, p: number) => {
    means[p % columns]! += value / rows;
  });
  return means;
}

/** Rows minus one row. */
export function minusRow(
  { rows, columns, values }: DenseMatrix,
  row: ArrayLike<number>,
): DenseMatrix<Float64Array> {
  return denseMatrix(
    Float64Array.from(values, (value, p) => value - row[p % columns]!),
    rows,
    columns,
  );
}

/** Variance of all values together; 1 where they are all the same, so that it can be divided by. */
export function variance({ values }: Pick<DenseMatrix, 'values'>): number {
  let [sum, squares] = [0, 0];
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const found = squares / values.length - (sum / values.length) ** 2;
  return found > 0 ? found : 1;
}

/** Standard deviation of all values together; 1 where they are all the same. */
export function deviation(points: DenseMatrix): number {
  return Math.sqrt(variance(points));
}

/** Matrices `[n_v, d]` one below the other, `[sum of n_v, d]`. */
export function stackRows(parts: readonly DenseMatrix[]): DenseMatrix<Float32Array> {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const { columns } = parts[0]!;
  const values = new Float32Array(rows * columns);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  return denseMatrix(values, rows, columns);
}

/** Standard deviation of each column. */
export function columnDeviations(points: DenseMatrix): Float64Array {
  const { rows, columns } = points;
  const deviations = new Float64Array(columns);
  minusRow(points, columnMeans(points)).values.forEach((value, p) => {
    deviations[p % columns]! += (value * value) / rows;
  });
  return deviations.map(Math.sqrt);
}
