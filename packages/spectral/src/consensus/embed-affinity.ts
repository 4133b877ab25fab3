import type { CsrMatrix, RandomSource } from '@crossmodal/core';
import { embedOperator } from '../embedding/embed-operator.js';
import { heatWeights } from '../embedding/heat-weights.js';
import { normaliseRows } from '../embedding/normalise-rows.js';
import type { SpectralEmbedding } from '../embedding/spectral-embedding.js';
import { inverseRoots } from '../graph/degrees.js';
import { withLoops } from '../graph/with-loops.js';
import { affinityComponents } from './affinity-components.js';
import { scaledAffinity, type ConsensusAffinity } from './consensus-affinity.js';
import { MANY } from './many.js';

/** Residual tolerance of the eigen-solver, as of `spectralEmbedding`. */
const TOLERANCE = 1e-7;
/** Tolerance of {@link MANY} objects: the digits that clusters need are enough. */
const TOLERANCE_OF_MANY = 1e-4;

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

/**
 * The heat-weighted embedding of `spectralEmbedding` for an affinity that is known by its products. The eigenvectors of connected components
 * are written down, not searched for; of more components than columns, the largest have one each, and the others stay at the origin.
 */
export function embedAffinity(
  affinity: Pick<ConsensusAffinity, 'graph' | 'partitions' | 'degrees'>,
  { clusters, random, extraEigenvectors, bandwidth, signal }: EmbedAffinityOptions,
): SpectralEmbedding {
  const { partitions, degrees } = affinity;
  const n = degrees.length;
  // As heavy as the largest degree, so that the scale of the weights makes no difference.
  const loop = degrees.reduce((a, b) => Math.max(a, b), 0) || 1;
  const graph = withLoops(affinity.graph, degrees, loop) as CsrMatrix;
  const degree = degrees.map((d) => d || loop);
  const components = affinityComponents(graph, partitions);
  const { embedding, ...found } = embedOperator(scaledAffinity({ graph, partitions }, inverseRoots(degree)), {
    ...{
      degree,
      components,
      random,
      signal,
      tolerance: n < MANY ? TOLERANCE : TOLERANCE_OF_MANY,
      where: 'consensus',
    },
    count: Math.min(n, clusters + extraEigenvectors),
    weigh: (values) => heatWeights(values, clusters, bandwidth),
  });
  return { ...found, embedding: normaliseRows(embedding), components };
}
