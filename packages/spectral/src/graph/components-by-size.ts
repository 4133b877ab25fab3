import type { ConnectedComponents } from './connected-components.js';

/**
 * Vertices of each component, ascending; the largest component first, of equally large ones the one that `rowOrder` meets first.
 *
 * @param rowOrder - the vertices in an order that follows them when they are renumbered, `[n]`
 */
export function componentsBySize({ labels, count }: ConnectedComponents, rowOrder: Int32Array): Int32Array[] {
  const members = Array.from({ length: count }, (): number[] => []);
  labels.forEach((component, vertex) => members[component]!.push(vertex));
  const met = new Set<number>();
  for (const vertex of rowOrder) met.add(labels[vertex]!);
  return [...met]
    .map((component) => Int32Array.from(members[component]!))
    .sort((a, b) => b.length - a.length);
}
