import { CrossmodalError, type Matrix } from '@crossmodal/core';
import { checkAffinity } from './check-affinity.js';

/**
 * Degrees of a graph, d_i = Σ_j A_ij.
 *
 * @param affinity - `[n, n]`, symmetric, non-negative
 * @returns `[n]`
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric, or when
 * the weights add up to more than 8-byte numbers hold.
 * @example
 * ```ts
 * degrees(fromRows([[0, 2], [2, 0]])); // Float64Array [2, 2]
 * ```
 */
export function degrees(affinity: Matrix): Float64Array {
  checkAffinity('degrees', affinity);
  return degreesOf(affinity, 'degrees');
}

/**
 * {@link degrees} of an affinity that has been checked.
 *
 * @throws CrossmodalError `value` when the degrees add up to more than 8-byte numbers hold.
 */
export function degreesOf(affinity: Matrix, where: string): Float64Array {
  const degree = rowSums(affinity);
  const total = degree.reduce((sum, d) => sum + d, 0);
  if (total === Infinity) {
    throw new CrossmodalError({
      code: 'value',
      where,
      expected: `weights that add up to at most ${Number.MAX_VALUE}`,
      received: `an affinity of ${affinity.rows} vertices with a larger sum`,
      advice: 'Divide the affinity by its largest entry.',
    });
  }
  return degree;
}

/** Row sums, in 8-byte numbers. */
function rowSums(matrix: Matrix): Float64Array {
  const { rows, columns, values } = matrix;
  const sums = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    const start = matrix.kind === 'csr' ? matrix.rowOffsets[i]! : i * columns;
    const end = matrix.kind === 'csr' ? matrix.rowOffsets[i + 1]! : start + columns;
    let sum = 0;
    for (let p = start; p < end; p++) sum += values[p]!;
    sums[i] = sum;
  }
  return sums;
}

/** d_i^(-1/2), for degrees that are all positive, as {@link withLoops} leaves them. */
export function inverseRoots(degree: Float64Array): Float64Array {
  return degree.map((d) => 1 / Math.sqrt(d));
}
