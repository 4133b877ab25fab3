import type { Modality } from '@crossmodal/core';

/**
 * Classes of rows by the nearest class mean, over the columns of all modalities together.
 *
 * @param modalities - without absent rows, `n` rows each
 * @param truth - classes of the first rows, by which the means are taken, in `0..classes-1`
 * @returns class of every row, length `n`
 */
export function nearestMeans(
  modalities: readonly Modality[],
  truth: ArrayLike<number>,
  classes: number,
): Int32Array {
  const n = modalities[0]!.features.rows;
  const distances = new Float64Array(n * classes);
  for (const { features } of modalities) {
    const { columns: d, values } = features;
    const sizes = new Float64Array(classes);
    const means = new Float64Array(classes * d);
    for (let i = 0; i < truth.length; i++) sizes[truth[i]!]!++;
    for (let i = 0; i < truth.length; i++)
      for (let j = 0; j < d; j++) means[truth[i]! * d + j]! += values[i * d + j]! / sizes[truth[i]!]!;
    for (let i = 0; i < n; i++)
      for (let c = 0; c < classes; c++)
        for (let j = 0; j < d; j++)
          distances[i * classes + c]! += (values[i * d + j]! - means[c * d + j]!) ** 2;
  }
  return Int32Array.from({ length: n }, (_, i) => {
    const row = distances.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.min(...row));
  });
}
