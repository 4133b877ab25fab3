import type { CsrMatrix } from '@crossmodal/core';
import { weightedSumCsr } from '@crossmodal/linalg';

/**
 * Weighted sum of several graphs over the same samples, `A = sum_g w_g A_g`.
 *
 * @param graphs - shape `[m, n]` each
 * @param weights - one per graph; graphs of weight 0 leave no edges
 * @returns shape `[m, n]`; symmetric where all graphs are
 * @throws CrossmodalError `shape` when there is no graph, shapes differ, or there is not one weight per graph.
 * @example
 * ```ts
 * import { fromRows, toCsr } from '@crossmodal/core';
 * const edge = toCsr(fromRows([[0, 1], [1, 0]]));
 * console.log(weightedAffinity([edge, edge], [0.25, 0.5]).values); // 0.75, 0.75
 * ```
 */
export function weightedAffinity(
  graphs: readonly CsrMatrix[],
  weights: ArrayLike<number>,
): CsrMatrix<Float32Array> {
  const sum = weightedSumCsr(graphs, weights);
  return { ...sum, values: Float32Array.from(sum.values) };
}
