import { denseMatrix, type Matrix } from '@crossmodal/core';
import type { ConnectedComponents } from '../graph/connected-components.js';
import { subgraph } from '../graph/subgraph.js';
import { clusterGraph } from './cluster-graph.js';
import { componentSizes } from './component-sizes.js';
import type { CoreAndFragments } from './set-fragments-aside.js';
import type { SpectralClusteringOptions, SpectralClusteringResult } from './clustered-graph.js';

/** Clusters of the core, and its largest one for the fragments, whose rows of the embedding are 0. */
export function clusterCore(
  affinity: Matrix,
  components: ConnectedComponents,
  { core, fragments }: CoreAndFragments,
  options: SpectralClusteringOptions,
): SpectralClusteringResult {
  const found = clusterGraph(subgraph(affinity, core), options);
  const counts = new Float64Array(found.clusters);
  for (const label of found.labels) counts[label]!++;
  const labels = new Int32Array(affinity.rows).fill(counts.indexOf(Math.max(...counts)));
  const { columns } = found.embedding;
  const embedding = denseMatrix(new Float64Array(affinity.rows * columns), affinity.rows, columns);
  core.forEach((vertex, i) => {
    labels[vertex] = found.labels[i]!;
    embedding.values.set(found.embedding.values.subarray(i * columns, (i + 1) * columns), vertex * columns);
  });
  return { ...found, labels, embedding, components: { ...componentSizes(components), joined: fragments } };
}
