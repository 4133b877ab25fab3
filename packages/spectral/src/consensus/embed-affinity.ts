import { denseMatrix, type RandomSource } from '@crossmodal/core';
import { columnsWithFixedSigns, largestEigenRows, type EigenRows } from '@crossmodal/linalg';
import { heatWeights } from '../embedding/heat-weights.js';
import { normaliseRows } from '../embedding/normalise-rows.js';
import type { SpectralEmbedding } from '../embedding/spectral-embedding.js';
import { componentsBySize } from '../graph/components-by-size.js';
import type { ConnectedComponents } from '../graph/connected-components.js';
import { inverseRoots } from '../graph/degrees.js';
import { vertexOrder } from '../graph/vertex-order.js';
import { withLoops } from '../graph/with-loops.js';
import { affinityComponents } from './affinity-components.js';
import { scaledAffinity, type ConsensusAffinity } from './consensus-affinity.js';
import type { CsrMatrix } from '@crossmodal/core';

/** Residual tolerance of the eigen-solver, as of `spectralEmbedding`. */
const TOLERANCE = 1e-7;

/** Options of {@link embedAffinity}. */
export interface EmbedAffinityOptions {
  /** Number of clusters that the embedding is for, `1..n`. */
  readonly clusters: number;
  /** Decides the start vectors of the eigen-solver. */
  readonly random: RandomSource;
  /** Eigenvectors beyond these, at most n in all. */
  readonly extraEigenvectors: number;
  /** How fast the heat weights fall. */
  readonly bandwidth: number;
  /** Stops the search between products. */
  readonly signal?: AbortSignal | undefined;
}

/** An embedding, and which objects hang together. */
export interface EmbeddedAffinity extends SpectralEmbedding {
  readonly components: ConnectedComponents;
}

/**
 * The heat-weighted embedding of `spectralEmbedding` for an affinity that is known by its products. The eigenvectors of connected components
 * are written down, not searched for; of more components than columns, the largest have one each, and the others stay at the origin.
 */
export function embedAffinity(
  affinity: Pick<ConsensusAffinity, 'graph' | 'partitions' | 'degrees'>,
  { clusters, random, extraEigenvectors, bandwidth, signal }: EmbedAffinityOptions,
): EmbeddedAffinity {
  const { partitions, degrees } = affinity;
  const n = degrees.length;
  const count = Math.min(n, clusters + extraEigenvectors);
  // As heavy as the largest degree, so that the scale of the weights makes no difference.
  const loop = degrees.reduce((a, b) => Math.max(a, b), 0) || 1;
  const graph = withLoops(affinity.graph, degrees, loop) as CsrMatrix;
  const degree = degrees.map((d) => d || loop);
  const operator = scaledAffinity({ graph, partitions }, inverseRoots(degree));
  const rowOrder = vertexOrder(operator, degree);
  const components = affinityComponents(graph, partitions);
  const known = componentVectors(components, degree, rowOrder, count);
  const found: EigenRows =
    components.count >= count
      ? { values: new Float64Array(count).fill(1), rows: concatenated(known) }
      : largestEigenRows(operator, {
          count,
          random,
          tolerance: TOLERANCE,
          rowOrder,
          importance: (values) => heatWeights(values, clusters, bandwidth),
          known: { value: 1, vectors: known },
          thorough: true,
          where: 'consensus',
          ...(signal === undefined ? {} : { signal }),
        });
  const columns = columnsWithFixedSigns(found.rows, count, n);
  const weights = heatWeights(found.values, clusters, bandwidth);
  for (let p = 0; p < columns.length; p++) columns[p]! *= weights[p % count]!;
  const embedding = normaliseRows(denseMatrix(columns, n, count));
  return { embedding, eigenvalues: found.values, rowOrder, components };
}

/** `D^(1/2) 1_C / |.|` of the largest components, `limit` at most. */
function componentVectors(
  components: ConnectedComponents,
  degree: Float64Array,
  rowOrder: Int32Array,
  limit: number,
): Float64Array[] {
  return componentsBySize(components, rowOrder)
    .slice(0, limit)
    .map((vertices) => {
      let mass = 0;
      for (const i of vertices) mass += degree[i]!;
      const vector = new Float64Array(degree.length);
      for (const i of vertices) vector[i] = Math.sqrt(degree[i]! / mass);
      return vector;
    });
}

function concatenated(vectors: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(vectors.reduce((sum, vector) => sum + vector.length, 0));
  let start = 0;
  for (const vector of vectors) {
    all.set(vector, start);
    start += vector.length;
  }
  return all;
}
