import { checkPartition, CrossmodalError } from '@crossmodal/core';

/** Neighbours of each of n objects, as lists of one length. */
export interface NeighbourLists {
  /** Places in each list, 0 or more. */
  readonly count: number;
  /** Numbers of the neighbours, `n × count`; -1 where a place is not filled. */
  readonly indices: Int32Array;
}

/**
 * The normalised cut of a partition in a neighbour graph, `sum_c cut(c) / volume(c)`: `cut(c)` counts the edges between cluster c and others,
 * `volume(c)` the ends of edges at its members. An edge leads from each object to each of its neighbours; which end it starts at makes no difference.
 * Small where clusters divide few neighbours. A cluster without edges counts as one that is cut off whole, 1: objects without neighbours are no cluster worth having.
 *
 * @param labels - cluster of each object, `0..clusters-1`, length `n`
 * @returns a number in `0..clusters`
 * @throws CrossmodalError `shape` when there is not one list for each label; `option` when a label is not in `0..clusters-1`; `value` when a neighbour is none of the objects.
 * @see Shi and Malik, Normalized cuts and image segmentation, 2000
 * @example
 * ```ts
 * // Two pairs, and one edge from the first to the second.
 * const lists = { count: 2, indices: Int32Array.of(1, -1, 0, 2, 3, -1, 2, -1) };
 * normalisedCut(Int32Array.of(0, 0, 1, 1), lists, 2); // 1 / 5 + 1 / 5
 * ```
 */
export function normalisedCut(
  labels: Int32Array,
  { count, indices }: NeighbourLists,
  clusters: number,
): number {
  checkLists(labels.length, indices.length, count);
  checkPartition('normalisedCut', labels, { rows: labels.length, clusters });
  checkNeighbours(indices, labels.length);
  const [cuts, volumes] = [new Float64Array(clusters), new Float64Array(clusters)];
  for (let i = 0; i < labels.length; i++) {
    for (let p = i * count; p < (i + 1) * count; p++) {
      const j = indices[p]!;
      if (j < 0) continue;
      const [a, b] = [labels[i]!, labels[j]!];
      volumes[a]!++;
      volumes[b]!++;
      if (a === b) continue;
      cuts[a]!++;
      cuts[b]!++;
    }
  }
  return cuts.reduce((sum, cut, c) => sum + (volumes[c] === 0 ? 1 : cut / volumes[c]!), 0);
}

function checkLists(rows: number, places: number, count: number): void {
  if (places === rows * count) return;
  throw new CrossmodalError({
    code: 'shape',
    where: 'normalisedCut',
    expected: `${rows} lists of ${count} neighbours`,
    received: `${places} numbers`,
  });
}

function checkNeighbours(indices: Int32Array, n: number): void {
  const place = indices.findIndex((j) => j >= n);
  if (place < 0) return;
  throw new CrossmodalError({
    code: 'value',
    where: 'normalisedCut',
    expected: `neighbours in 0..${n - 1}, or -1`,
    received: `${indices[place]!} at place ${place}`,
  });
}
