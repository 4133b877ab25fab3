import { CrossmodalError } from '@crossmodal/core';
import { checkPositive } from '../checks/check-positive.js';

/**
 * Number of rows of each cluster, length `clusters`.
 *
 * @param labels - in `0..clusters-1`
 * @throws CrossmodalError `value` on a label out of range; `option` when the number of clusters is not an integer of 1 or more.
 * @example
 * ```ts
 * clusterSizes(Int32Array.of(0, 2, 2), 3); // 1, 0, 2
 * ```
 */
export function clusterSizes(labels: Int32Array, clusters: number): Float64Array {
  checkPositive('clusterSizes', { clusters });
  const sizes = new Float64Array(clusters);
  for (const label of labels) {
    if (label < 0 || label >= clusters) {
      throw new CrossmodalError({
        code: 'value',
        where: 'clusterSizes',
        expected: `labels in 0..${clusters - 1}`,
        received: String(label),
      });
    }
    sizes[label]!++;
  }
  return sizes;
}
