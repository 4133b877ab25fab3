import { checkPartition, type CsrMatrix } from '@crossmodal/core';
import { checkScale, threadsFor, type OperatorOptions } from './operator-of.js';
import { checkSquare } from '../checks/check-square.js';
import { sparseOperator } from './sparse-operator.js';
import type { SymmetricOperator } from './symmetric-operator.js';
import type { WeightedPartition } from './weighted-partition.js';

/**
 * The operator of diag(s) ((M + Mᵀ)/2 + Σ_p c_p Y_p Y_pᵀ) diag(s), with Y_p the one-hot labels of a partition, `[n, clusters]`: products take one pass over each
 * partition beside those with M, and polynomials of it are in threads like those of M alone.
 *
 * @param matrix - M, `[n, n]`
 * @param partitions - of its rows
 * @param scale - s, `[n]`; ones by default
 * @throws CrossmodalError `shape` when the labels have another length; `option` when one is not in `0..clusters-1`; and as {@link operatorOf}.
 * @example
 * ```ts
 * const matrix = csrMatrix(2, 2, Int32Array.of(0, 0, 0), new Int32Array(0), new Float64Array(0));
 * const image = new Float64Array(2);
 * partitionedOperator(matrix, [{ labels: Int32Array.of(0, 0), clusters: 1, weight: 3 }]).multiply(Float64Array.of(1, 2), image, 1);
 * console.log(image); // 9, 9
 * ```
 */
export function partitionedOperator(
  matrix: CsrMatrix,
  partitions: readonly WeightedPartition[],
  scale?: Float64Array,
  options: OperatorOptions = {},
): SymmetricOperator {
  const where = 'partitionedOperator';
  checkSquare(where, matrix);
  const n = matrix.rows;
  checkScale(where, n, scale);
  for (const { labels, clusters } of partitions) checkPartition(where, labels, { rows: n, clusters });
  return sparseOperator(matrix, scale, { threads: threadsFor(where, matrix, options), partitions });
}
