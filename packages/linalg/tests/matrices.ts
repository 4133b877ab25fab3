import {
  csrMatrix,
  denseMatrix,
  type CsrMatrix,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';
import type { SymmetricOperator } from '../src/operators/symmetric-operator.js';

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

/** A sparse symmetric matrix: entries of a ring and `edges` random ones of each row, standard normal. */
export function sparseSymmetric(n: number, edges: number, random: RandomSource): CsrMatrix<Float64Array> {
  const rows = Array.from({ length: n }, () => new Map<number, number>());
  for (let i = 0; i < n; i++) {
    for (let edge = 0; edge <= edges; edge++) {
      const j = edge === 0 ? (i + 1) % n : random.integer(n);
      const value = random.normal();
      rows[i]!.set(j, value);
      rows[j]!.set(i, value);
    }
  }
  const entries = rows.map((row) => [...row].sort((a, b) => a[0] - b[0]));
  const offsets = new Int32Array(n + 1);
  entries.forEach((row, i) => (offsets[i + 1] = offsets[i]! + row.length));
  return csrMatrix(
    n,
    n,
    offsets,
    Int32Array.from(entries.flat(), ([column]) => column),
    Float64Array.from(entries.flat(), ([, value]) => value),
  );
}

/** An operator with the given eigenvalues, in the basis of a random reflection. */
export function withSpectrum(spectrum: Float64Array, random: RandomSource): SymmetricOperator {
  const n = spectrum.length;
  const normal = Float64Array.from({ length: n }, () => random.normal());
  const squares = normal.reduce((sum, x) => sum + x * x, 0);
  const reflect = (x: Float64Array): void => {
    let part = 0;
    for (let i = 0; i < n; i++) part += (2 * normal[i]! * x[i]!) / squares;
    for (let i = 0; i < n; i++) x[i]! -= part * normal[i]!;
  };
  return {
    size: n,
    multiply(input, output, count) {
      for (let c = 0; c < count; c++) {
        const x = input.slice(c * n, (c + 1) * n);
        reflect(x);
        for (let i = 0; i < n; i++) x[i]! *= spectrum[i]!;
        reflect(x);
        output.set(x, c * n);
      }
    },
  };
}
