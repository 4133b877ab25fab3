import type { ConnectedComponents } from '../graph/connected-components.js';

/** Eigenvectors of eigenvalue 1, and whether there are more of them. */
export interface ComponentEigenvectors {
  /** Unit vectors, length n each. */
  readonly vectors: readonly Float64Array[];
  /** Whether components are left over. */
  readonly more: boolean;
}

/**
 * The eigenvectors of eigenvalue 1 of a normalised adjacency: D^(1/2) 1_C / ‖·‖ for each connected component C, as unit vectors, in the order in
 * which `order` meets the components. When there are more than `limit`, those of the largest, of equally large ones those that are met first.
 *
 * @param degree - `[n]`, positive
 */
export function componentEigenvectors(
  { labels, count }: ConnectedComponents,
  degree: Float64Array,
  order: Int32Array,
  limit: number,
): ComponentEigenvectors {
  const mass = new Float64Array(count);
  const sizes = new Float64Array(count);
  for (let i = 0; i < labels.length; i++) {
    mass[labels[i]!]! += degree[i]!;
    sizes[labels[i]!]!++;
  }
  const met = [...new Set(Array.from(order, (i) => labels[i]!))];
  const kept = count <= limit ? met : met.sort((a, b) => sizes[b]! - sizes[a]!).slice(0, limit);
  const vectors = new Map(kept.map((component) => [component, new Float64Array(labels.length)]));
  labels.forEach((component, i) => {
    const vector = vectors.get(component);
    if (vector !== undefined) vector[i] = Math.sqrt(degree[i]! / mass[component]!);
  });
  return { vectors: [...vectors.values()], more: count > limit };
}
