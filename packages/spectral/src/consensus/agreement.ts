import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { ari, type Labels } from '@crossmodal/metrics';

/**
 * How far members of a consensus agree: the mean adjusted Rand index between the partitions of two members, over all pairs of them.
 *
 * @param partitions - one or more labellings of the same objects per member, of any values
 * @returns shape `[members, members]`, symmetric, in `[-0.5, 1]`, 1 on the diagonal
 * @throws CrossmodalError `shape` when there is no member, one has no partition, or lengths differ; `value` on NaN labels.
 * @example
 * ```ts
 * const m = agreement([[[0, 0, 1, 1]], [[1, 1, 0, 0]], [[0, 1, 0, 1]]]);
 * console.log(m.values[1], m.values[2]); // 1, -0.5
 * ```
 */
export function agreement(partitions: readonly (readonly Labels[])[]): DenseMatrix<Float64Array> {
  const m = partitions.length;
  if (m === 0 || partitions.some((runs) => runs.length === 0)) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'agreement',
      expected: 'one member at least, each with one partition at least',
      received: m === 0 ? 'none' : `${partitions.map((runs) => runs.length).join(', ')} partitions`,
    });
  }
  const values = new Float64Array(m * m);
  for (let g = 0; g < m; g++) {
    values[g * m + g] = 1;
    for (let h = 0; h < g; h++) {
      const pairs = partitions[g]!.flatMap((own) => partitions[h]!.map((other) => ari(own, other)));
      const mean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
      values[g * m + h] = mean;
      values[h * m + g] = mean;
    }
  }
  return denseMatrix(values, m, m);
}
