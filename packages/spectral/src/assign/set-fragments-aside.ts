import type { ConnectedComponents } from '../graph/connected-components.js';

/** A component is a fragment when it has fewer vertices than this part of the mean size of a cluster. */
const FRAGMENT_SHARE = 0.1;

/** Vertices of a graph, ascending: those among which clusters are sought, and the rest. */
export interface CoreAndFragments {
  /** Vertices of components that can be or hold a cluster. */
  readonly core: Int32Array;
  /** Vertices of smaller components. */
  readonly fragments: Int32Array;
}

/**
 * Tells components that can be or hold one of so many clusters from fragments: those of fewer than `n / (10 clusters)` vertices. Where no component is larger, there are no
 * fragments.
 */
export function setFragmentsAside(
  { labels, count }: ConnectedComponents,
  clusters: number,
): CoreAndFragments {
  const n = labels.length;
  const sizes = new Float64Array(count);
  for (const label of labels) sizes[label]!++;
  const least = (FRAGMENT_SHARE * n) / clusters;
  const core: number[] = [];
  const fragments: number[] = [];
  labels.forEach((label, i) => (sizes[label]! < least ? fragments : core).push(i));
  // Clusters need vertices to be of.
  if (core.length < clusters)
    return { core: Int32Array.from(labels, (_, i) => i), fragments: new Int32Array(0) };
  return { core: Int32Array.from(core), fragments: Int32Array.from(fragments) };
}
