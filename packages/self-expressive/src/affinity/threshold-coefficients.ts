import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { checkFinite } from '@crossmodal/linalg';

/** Options of {@link thresholdCoefficients}. */
export interface ThresholdCoefficientsOptions {
  /** Share `rho` of each column's L1 norm to keep, in `(0, 1]`; 1 keeps everything. */
  readonly energy: number;
}

/**
 * Keeps the strongest coefficients of each column: the largest `|S_ij|` until their sum first exceeds `rho` times the column's L1 norm.
 *
 * Among equal sizes the smaller row is kept. A step of the post-processing of deep subspace clustering networks.
 *
 * @param s - coefficients, shape `[m, n]`
 * @returns shape `[m, n]`, signs kept
 * @throws CrossmodalError `option` when `energy` is not in `(0, 1]`; `value` when a coefficient is not finite.
 */
export function thresholdCoefficients(
  s: DenseMatrix,
  options: ThresholdCoefficientsOptions,
): DenseMatrix<Float32Array> {
  const { energy } = options;
  if (!(energy > 0 && energy <= 1)) {
    throw new CrossmodalError({
      code: 'option',
      where: "thresholdCoefficients option 'energy'",
      expected: 'a number in (0, 1]',
      received: String(energy),
    });
  }
  const { rows, columns } = s;
  checkFinite('thresholdCoefficients', s.values);
  const kept = new Float32Array(rows * columns);
  const sizes = new Float32Array(rows);
  for (let j = 0; j < columns; j++) {
    let total = 0;
    for (let i = 0; i < rows; i++) {
      sizes[i] = Math.abs(s.values[i * columns + j]!);
      total += sizes[i]!;
    }
    const { bound, atBound } = cut(sizes, energy * total);
    let left = atBound;
    for (let i = 0; i < rows; i++) {
      const value = s.values[i * columns + j]!;
      const size = Math.fround(Math.abs(value));
      if (size > bound || (size === bound && left-- > 0)) kept[i * columns + j] = value;
    }
  }
  return denseMatrix(kept, rows, columns);
}

/** The smallest size that is kept, and how many entries of exactly that size; reorders `sizes`. */
function cut(sizes: Float32Array, target: number): { bound: number; atBound: number } {
  sizes.sort();
  let sum = 0;
  let atBound = 0;
  for (let p = sizes.length - 1; p >= 0; p--) {
    const size = sizes[p]!;
    atBound = p + 1 < sizes.length && sizes[p + 1] === size ? atBound + 1 : 1;
    sum += size;
    if (sum > target) return { bound: size, atBound };
  }
  return { bound: 0, atBound: sizes.length };
}
