import type { FittedClusterer } from '@crossmodal/core';

/** Name of {@link clusterScatter} in a result. */
export const CRITERION = 'scatter of the embedding inside clusters, over its total';

/**
 * How loose the clusters of a fit are in the representation that was clustered: the squared distances of objects to the mean of
 * their cluster, over those to the mean of all. In `0..1`, the lower the better; it needs no true labels, so runs can be compared.
 */
export function clusterScatter({ embedding, labels }: Pick<FittedClusterer, 'embedding' | 'labels'>): number {
  const { rows, columns, values } = embedding;
  const k = labels.reduce((most, label) => Math.max(most, label + 1), 1);
  const sums = new Float64Array(k * columns);
  const sizes = new Float64Array(k);
  const whole = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    sizes[labels[i]!]!++;
    for (let j = 0; j < columns; j++) {
      sums[labels[i]! * columns + j]! += values[i * columns + j]!;
      whole[j]! += values[i * columns + j]!;
    }
  }
  let inside = 0;
  let total = 0;
  for (let i = 0; i < rows; i++) {
    const label = labels[i]!;
    for (let j = 0; j < columns; j++) {
      const value = values[i * columns + j]!;
      inside += (value - sums[label * columns + j]! / sizes[label]!) ** 2;
      total += (value - whole[j]! / rows) ** 2;
    }
  }
  // All objects in one point: any clustering of them is as tight as can be.
  return total === 0 ? 0 : inside / total;
}
