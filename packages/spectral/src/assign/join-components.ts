import { componentsBySize } from '../graph/components-by-size.js';
import type { ConnectedComponents } from '../graph/connected-components.js';
import { numberedByFirst } from './numbered-by-first.js';

/** Options of {@link joinComponents}. */
export interface JoinComponentsOptions {
  /** Number of clusters, at most as many as components. */
  readonly clusters: number;
  /** The vertices in an order that follows them when they are renumbered, `[n]`. */
  readonly rowOrder: Int32Array;
}

/**
 * Clusters of whole components, about equal in size: in turn, the largest first, each component goes to the cluster that has the
 * fewest vertices so far. Clusters are numbered by their first vertex in `rowOrder`.
 *
 * @returns `[n]`, in `0..clusters-1`
 */
export function joinComponents(
  components: ConnectedComponents,
  { clusters, rowOrder }: JoinComponentsOptions,
): Int32Array {
  const labels = new Int32Array(components.labels.length);
  const sizes = new Float64Array(clusters);
  for (const vertices of componentsBySize(components, rowOrder)) {
    let smallest = 0;
    for (let c = 1; c < clusters; c++) if (sizes[c]! < sizes[smallest]!) smallest = c;
    sizes[smallest]! += vertices.length;
    for (const vertex of vertices) labels[vertex] = smallest;
  }
  return numberedByFirst(labels, rowOrder);
}
