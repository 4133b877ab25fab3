import { denseMatrix, type DenseMatrix, type Matrix } from '@crossmodal/core';
import { clusterCountFromEigengap, type ClusterRange } from '../embedding/cluster-count-from-eigengap.js';
import { spectralEmbedding } from '../embedding/spectral-embedding.js';
import type { ConnectedComponents } from '../graph/connected-components.js';
import { kMeans } from '../k-means/k-means.js';
import { componentSizes } from './component-sizes.js';
import { discretise } from './discretise.js';
import { joinComponents } from './join-components.js';
import type { SpectralClusteringOptions, SpectralClusteringResult } from './clustered-graph.js';
import { splitComponents } from './split-components.js';

/** Spectral clustering of a graph whose components all count, with options that have been checked. */
export function clusterGraph(affinity: Matrix, options: SpectralClusteringOptions): SpectralClusteringResult {
  const { random, restarts = 10, assignment = 'kmeans', signal } = options;
  const watch = signal === undefined ? {} : { signal };
  const clusters = !isRange(options.clusters)
    ? options.clusters
    : clusterCountFromEigengap(affinity, {
        ...options.clusters,
        random: random.fork('eigengap'),
        ...watch,
      });
  const { embedding, eigenvalues, rowOrder, components } = spectralEmbedding(affinity, {
    ...options,
    clusters,
  });
  const sized = { clusters, rowOrder };
  let labels: Int32Array;
  let inertia: number | undefined;
  if (components.count > 1 && clusters <= components.count) labels = joinComponents(components, sized);
  else if (assignment === 'kmeans')
    ({ labels, inertia } = kMeans(embedding, {
      clusters,
      random,
      restarts,
      rowOrder,
      ...sampled(affinity.rows),
      ...watch,
    }));
  else labels = discretise(firstColumns(embedding, clusters), { random, rowOrder, ...watch });
  if (clusters > components.count && spansComponents(labels, components)) {
    const split = (component: Matrix, count: number): Int32Array =>
      clusterGraph(component, { ...options, clusters: count }).labels;
    labels = splitComponents(affinity, components, { ...sized, random, split, ...watch });
    inertia = undefined;
  }
  inertia ??= spread(embedding, labels, clusters);
  return { labels, clusters, embedding, eigenvalues, inertia, components: componentSizes(components) };
}

/** Beyond so many rows, starts of k-means are tried on a sample of so many. */
const SAMPLED = { from: 20_000, rows: 10_000 };

function sampled(n: number): { readonly startSample?: number } {
  return n > SAMPLED.from ? { startSample: SAMPLED.rows } : {};
}

function isRange(clusters: number | ClusterRange): clusters is ClusterRange {
  const keys = typeof clusters === 'object' && clusters !== null ? Object.keys(clusters) : ['none'];
  return keys.every((key) => key === 'minimum' || key === 'maximum');
}

function firstColumns({ rows, columns, values }: DenseMatrix, count: number): DenseMatrix {
  const kept = new Float64Array(rows * count);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < count; j++) kept[i * count + j] = values[i * columns + j]!;
  return denseMatrix(kept, rows, count);
}

/** Whether some label is carried by vertices of two components. */
function spansComponents(labels: Int32Array, components: ConnectedComponents): boolean {
  const owner = new Map<number, number>();
  return labels.some((label, i) => {
    const component = components.labels[i]!;
    const first = owner.get(label);
    if (first === undefined) owner.set(label, component);
    return first !== undefined && first !== component;
  });
}

/** Σ ‖x‖² − Σ_c ‖Σ_(i in c) x_i‖² / n_c. */
function spread({ rows, columns, values }: DenseMatrix, labels: Int32Array, clusters: number): number {
  const counts = new Float64Array(clusters);
  const means = new Float64Array(clusters * columns);
  for (let i = 0; i < rows; i++) {
    counts[labels[i]!]!++;
    for (let j = 0; j < columns; j++) means[labels[i]! * columns + j]! += values[i * columns + j]!;
  }
  for (let p = 0; p < means.length; p++) means[p]! /= counts[Math.floor(p / columns)]! || 1;
  let sum = 0;
  for (let p = 0; p < values.length; p++)
    sum += (values[p]! - means[labels[Math.floor(p / columns)]! * columns + (p % columns)]!) ** 2;
  return sum;
}
