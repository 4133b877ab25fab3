import type { Matrix } from '@crossmodal/core';
import { connectedComponents } from '../graph/connected-components.js';

/**
 * The eigenvectors of eigenvalue 1 of a normalised adjacency, all of them: D^(1/2) 1_C / ‖·‖ for each connected component C,
 * as unit vectors. The components are in the order in which `order` meets them; none are given when there
 * are more than `limit`, since no choice of some would be better than another.
 *
 * @param degree - `[n]`, positive
 */
export function componentEigenvectors(
  affinity: Matrix,
  degree: Float64Array,
  order: Int32Array,
  limit: number,
): Float64Array[] {
  const { labels, count } = connectedComponents(affinity);
  if (count > limit) return [];
  const mass = new Float64Array(count);
  for (let i = 0; i < labels.length; i++) mass[labels[i]!]! += degree[i]!;
  const vectors = new Map<number, Float64Array>();
  for (const i of order) {
    const component = labels[i]!;
    let vector = vectors.get(component);
    if (vector === undefined) vectors.set(component, (vector = new Float64Array(labels.length)));
    vector[i] = Math.sqrt(degree[i]! / mass[component]!);
  }
  return [...vectors.values()];
}
