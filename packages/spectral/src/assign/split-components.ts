import type { Matrix, RandomSource } from '@crossmodal/core';
import { componentsBySize } from '../graph/components-by-size.js';
import type { ConnectedComponents } from '../graph/connected-components.js';
import { numberedByFirst } from './numbered-by-first.js';
import { spectralEmbedding } from '../embedding/spectral-embedding.js';
import { subgraph } from '../graph/subgraph.js';

/** Options of {@link splitComponents}. */
export interface SplitComponentsOptions {
  /** Number of clusters, more than components. */
  readonly clusters: number;
  /** The vertices in an order that follows them when they are renumbered, `[n]`. */
  readonly rowOrder: Int32Array;
  /** Decides the start vectors of the eigen-solver. */
  readonly random: RandomSource;
  /** Labels `0..clusters-1` of the vertices of a connected graph. */
  readonly split: (component: Matrix, clusters: number) => Int32Array;
  /** Stops the eigen-solver between products. */
  readonly signal?: AbortSignal;
}

/** Eigenvalues that differ by less are equal, up to the tolerance of the eigen-solver. */
const EQUAL = 1e-6;

/**
 * Clusters inside of the components, each of which has as many as it has eigenvalues among the `clusters` largest of the graph.
 * Clusters are numbered by their first vertex in `rowOrder`.
 *
 * @returns `[n]`, in `0..clusters-1`
 */
export function splitComponents(
  affinity: Matrix,
  components: ConnectedComponents,
  options: SplitComponentsOptions,
): Int32Array {
  const { rowOrder, split } = options;
  const members = componentsBySize(components, rowOrder);
  const counts = countsByEigenvalues(affinity, members, options);
  const labels = new Int32Array(affinity.rows);
  let first = 0;
  members.forEach((vertices, c) => {
    const inside = counts[c] === 1 ? undefined : split(subgraph(affinity, vertices), counts[c]!);
    vertices.forEach((vertex, i) => (labels[vertex] = first + (inside?.[i] ?? 0)));
    first += counts[c]!;
  });
  return numberedByFirst(labels, rowOrder);
}

/** How many of the largest eigenvalues of the graph, a union of those of its components, each component has; of equal ones the first component's. */
function countsByEigenvalues(
  affinity: Matrix,
  members: readonly Int32Array[],
  { clusters, random, signal }: SplitComponentsOptions,
): number[] {
  const further = clusters - members.length;
  // Only the first can have more than one vertex, and so more than one cluster.
  if ((members[1]?.length ?? 1) === 1) return members.map((_, c) => (c === 0 ? 1 + further : 1));
  const spectra = members.map((vertices) => {
    // A component of one vertex has the eigenvalue 1 alone.
    if (vertices.length === 1) return Float64Array.of(1);
    return spectralEmbedding(subgraph(affinity, vertices), {
      clusters: Math.min(vertices.length, further + 1),
      random,
      weighting: 'none',
      ...(signal === undefined ? {} : { signal }),
    }).eigenvalues;
  });
  const counts = members.map(() => 1);
  for (let k = 0; k < further; k++) {
    let best = -1;
    let largest = -Infinity;
    spectra.forEach((values, c) => {
      const next = values[counts[c]!] ?? -Infinity;
      if (next > largest + EQUAL || (best < 0 && next > -Infinity)) {
        best = c;
        largest = next;
      }
    });
    counts[best]!++;
  }
  return counts;
}
