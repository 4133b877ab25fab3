import { checkInteger, CrossmodalError, type Matrix } from '@crossmodal/core';
import { checkAffinity } from '../graph/check-affinity.js';
import { connectedComponents } from '../graph/connected-components.js';
import { clusterCore } from './cluster-core.js';
import { clusterGraph } from './cluster-graph.js';
import type { SpectralClusteringOptions, SpectralClusteringResult } from './clustered-graph.js';
import { setFragmentsAside } from './set-fragments-aside.js';

/**
 * Spectral clustering: embeds the vertices of a graph by {@link spectralEmbedding} and clusters the rows.
 * Renumbering the vertices renumbers the labels and changes nothing else, unless vertices are exchangeable.
 *
 * Connected components stay whole unless there are more clusters than components. A vertex without edges is a component.
 * - As many clusters as components: each component is a cluster.
 * - Fewer clusters: nothing in the graph says which components belong together. They are joined so that clusters come out about
 *   equal in size: in turn, the largest first, each goes to the cluster that has the fewest vertices so far.
 * - More clusters: no cluster spans two components. Where one would, each component has as many clusters as it has eigenvalues among
 *   the `clusters` largest of the graph, and they are found in it alone.
 *
 * @param affinity - `[n, n]`, symmetric, non-negative, dense or sparse
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric;
 * when the weights add up to more than 8-byte numbers hold; when no gap of the spectrum tells the number of clusters; `option` on an option out of range; `diverged` when the eigen-solver
 * does not converge; `aborted` on the signal.
 * @see Ng, Jordan and Weiss, On spectral clustering, 2001
 * @example
 * ```ts
 * const affinity = fromRows([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]);
 * const { labels } = spectralClustering(affinity, { clusters: 2, random: randomSource(1) });
 * ```
 */
export function spectralClustering(
  affinity: Matrix,
  options: SpectralClusteringOptions,
): SpectralClusteringResult {
  const where = 'spectralClustering';
  const { restarts = 10, assignment = 'kmeans', fragments = 'keep' } = options;
  checkInteger(where, 'restarts', restarts, { minimum: 1 });
  checkChoice('assignment', assignment, ['kmeans', 'discretize']);
  checkChoice('fragments', fragments, ['keep', 'join']);
  if (fragments === 'keep') return clusterGraph(affinity, options);
  checkAffinity(where, affinity);
  const components = connectedComponents(affinity);
  const { clusters } = options;
  const parts = setFragmentsAside(
    components,
    typeof clusters === 'number' ? clusters : (clusters.maximum ?? 20),
  );
  return parts.fragments.length === 0
    ? clusterGraph(affinity, options)
    : clusterCore(affinity, components, parts, options);
}

function checkChoice(name: string, value: string, choices: readonly [string, string]): void {
  if (choices.includes(value)) return;
  throw new CrossmodalError({
    code: 'option',
    where: `spectralClustering option '${name}'`,
    expected: `'${choices.join("' or '")}'`,
    received: String(value),
  });
}
