import type { CsrMatrix } from '@crossmodal/core';
import type { ConnectedComponents } from '../graph/connected-components.js';
import type { WeightedPartition } from '@crossmodal/linalg';

/**
 * Connected components of a graph and partitions: objects hang together by an edge, or by a cluster. Each cluster is one more vertex, joined
 * to its objects, so that the pairs of a cluster are never listed.
 */
export function affinityComponents(
  { rows: n, rowOffsets, columnIndices, values }: CsrMatrix,
  partitions: readonly WeightedPartition[],
): ConnectedComponents {
  const clusters = partitions.reduce((sum, partition) => sum + partition.clusters, 0);
  const parent = Int32Array.from({ length: n + clusters }, (_, i) => i);
  const rootOf = (vertex: number): number => {
    let v = vertex;
    while (parent[v] !== v) {
      parent[v] = parent[parent[v]!]!;
      v = parent[v]!;
    }
    return v;
  };
  const join = (a: number, b: number): void => {
    parent[rootOf(b)] = rootOf(a);
  };
  for (let i = 0; i < n; i++)
    for (let p = rowOffsets[i]!; p < rowOffsets[i + 1]!; p++) if (values[p] !== 0) join(i, columnIndices[p]!);
  let first = n;
  for (const { labels, clusters: count } of partitions) {
    for (let i = 0; i < n; i++) join(i, first + labels[i]!);
    first += count;
  }
  const number = new Map<number, number>();
  const labels = Int32Array.from({ length: n }, (_, i) => {
    const root = rootOf(i);
    if (!number.has(root)) number.set(root, number.size);
    return number.get(root)!;
  });
  return { labels, count: number.size };
}
