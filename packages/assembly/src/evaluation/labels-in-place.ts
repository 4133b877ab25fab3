import type { Modality } from '@crossmodal/core';

/**
 * Undoes `selectRows` by a permutation for labels: label k goes back to object `order[k]`.
 *
 * @param order - a permutation of `0..n-1`, as `canonicalOrder` gives it
 * @param objects - the modalities in that order, for a method whose labels are not a function of the object alone (k strongest edges, say):
 * objects that are equal in every modality, which only the given order tells apart, then share their most frequent label, of equally
 * frequent ones the smallest
 */
export function labelsInPlace(
  labels: ArrayLike<number>,
  order: ArrayLike<number>,
  objects: readonly Modality[] = [],
): Int32Array {
  const placed = new Int32Array(labels.length);
  for (let start = 0, end = 1; start < labels.length; start = end++) {
    while (objects.length > 0 && end < labels.length && equalObjects(objects, start, end)) end++;
    const label = mostFrequent(labels, start, end);
    for (let k = start; k < end; k++) placed[order[k]!] = label;
  }
  return placed;
}

function equalObjects(modalities: readonly Modality[], a: number, b: number): boolean {
  return modalities.every(({ features: { columns, values }, present }) => {
    if ((present?.[a] ?? 1) !== (present?.[b] ?? 1)) return false;
    for (let j = 0; j < columns; j++) if (values[a * columns + j] !== values[b * columns + j]) return false;
    return true;
  });
}

function mostFrequent(labels: ArrayLike<number>, start: number, end: number): number {
  const counts = new Map<number, number>();
  let best = labels[start]!;
  for (let k = start; k < end; k++) {
    const label = labels[k]!;
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    const most = counts.get(best)!;
    if (count > most || (count === most && label < best)) best = label;
  }
  return best;
}
