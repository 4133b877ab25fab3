import type { Modality } from '@crossmodal/core';

/**
 * Undoes `selectRows` by a permutation for labels: label k goes back to object `order[k]`.
 *
 * @param order - a permutation of `0..n-1`, as `canonicalOrder` gives it
 * @param objects - the modalities in that order, for a method whose labels are not a function of the object alone (k strongest edges, say):
 * objects that are equal in every modality, which only the given order tells apart, then share their most frequent label, of equally
 * frequent ones the smallest
 * @param clusters - number of clusters asked for; where no more different objects are there, each of them is a cluster, numbered in the
 * order of `objects`
 */
export function labelsInPlace(
  labels: ArrayLike<number>,
  order: ArrayLike<number>,
  objects: readonly Modality[] = [],
  clusters = 0,
): Int32Array {
  const groups = groupsOfEqual(objects, labels.length);
  const placed = new Int32Array(labels.length);
  groups.forEach(({ start, end }, group) => {
    const label = groups.length <= clusters ? group : mostFrequent(labels, start, end);
    for (let k = start; k < end; k++) placed[order[k]!] = label;
  });
  return placed;
}

/** Runs of objects that are equal in every modality; without modalities each object by itself. */
function groupsOfEqual(objects: readonly Modality[], n: number): { start: number; end: number }[] {
  const groups: { start: number; end: number }[] = [];
  for (let start = 0, end = 1; start < n; start = end++) {
    while (objects.length > 0 && end < n && equalObjects(objects, start, end)) end++;
    groups.push({ start, end });
  }
  return groups;
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
