import { denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';

/** Standard normal entries, `[n, m]`. */
export function randomMatrix(n: number, m: number, random: RandomSource): DenseMatrix<Float64Array> {
  return denseMatrix(
    Float64Array.from({ length: n * m }, () => random.normal()),
    n,
    m,
  );
}

/** A symmetric matrix of standard normal entries. */
export function randomSymmetric(n: number, random: RandomSource): DenseMatrix<Float64Array> {
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) values[i * n + j] = values[j * n + i] = random.normal();
  return denseMatrix(values, n, n);
}

/** Noise of norm below 4 plus `groups` eigenvalues of about n: entries of one group, i mod `groups`, are larger by `groups`, a little more in each next. */
export function groupedSymmetric(n: number, groups: number, random: RandomSource): DenseMatrix<Float64Array> {
  const noise = randomSymmetric(n, random).values;
  const values = noise.map((value, p) => {
    const [i, j] = [Math.floor(p / n) % groups, (p % n) % groups];
    return value / Math.sqrt(n) + (i === j ? groups + i : 0);
  });
  return denseMatrix(values, n, n);
}

/** Entries 0.5..1.5 over n: one eigenvalue near 1, the others below 0.3. */
export function positiveSymmetric(n: number, random: RandomSource): DenseMatrix<Float64Array> {
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) values[i * n + j] = values[j * n + i] = (0.5 + random.uniform()) / n;
  return denseMatrix(values, n, n);
}

/** `copies` times one block on the diagonal. */
export function repeatedBlocks(block: DenseMatrix, copies: number): DenseMatrix<Float64Array> {
  const size = block.rows;
  const n = size * copies;
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = (i % size) * size;
    values.set(block.values.subarray(row, row + size), i * n + i - (i % size));
  }
  return denseMatrix(values, n, n);
}
