import type { DenseMatrix } from '@crossmodal/core';

/**
 * Weights of the modalities over all samples: the mean of the scores of each one over the samples that have it, scaled to sum 1. What
 * `AttentionFusion.weights` gives for a batch, for data of any size.
 *
 * @param scores - of `AttentionFusion.scores`, shape `[n, V]`
 * @param present - 1 for samples that have the modality, 0 for others, length `n`; undefined where all have it
 * @returns length `V`
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const scores = fromRows([[0.5, 0.5], [0.75, 0.25]]);
 * console.log(meanWeights(scores, [undefined, undefined])); // 0.625, 0.375
 * ```
 */
export function meanWeights(
  { rows, columns, values }: DenseMatrix,
  present: readonly (ArrayLike<number> | undefined)[],
): Float64Array {
  const means = new Float64Array(columns);
  const counts = present.map((flags) =>
    flags === undefined ? rows : Array.from(flags).reduce((sum, flag) => sum + flag, 0),
  );
  values.forEach((score, p) => {
    const v = p % columns;
    if (present[v]?.[Math.floor(p / columns)] !== 0) means[v]! += score / counts[v]!;
  });
  // The rows of scores sum to 1, and so do their means.
  if (present.every((flags) => flags === undefined)) return means;
  const sum = means.reduce((total, mean) => total + mean, 0);
  return means.map((mean) => mean / sum);
}
