import {
  checkInteger,
  checkNumber,
  CrossmodalError,
  type DenseMatrix,
  type Matrix,
  type RandomSource,
} from '@crossmodal/core';
import { operatorOf } from '@crossmodal/linalg';
import { checkAffinity } from '../graph/check-affinity.js';
import { connectedComponents, type ConnectedComponents } from '../graph/connected-components.js';
import { embedOperator } from './embed-operator.js';
import { degreesOf, inverseRoots } from '../graph/degrees.js';
import { heatWeights } from './heat-weights.js';
import { normaliseRows } from './normalise-rows.js';
import { withLoops } from '../graph/with-loops.js';

/** Options of {@link spectralEmbedding}. */
export interface SpectralEmbeddingOptions {
  /** Number of clusters c that the embedding is for, `1..n`. */
  readonly clusters: number;
  /** Decides the start vectors of the eigen-solver. */
  readonly random: RandomSource;
  /**
   * Eigenvectors beyond the first c (at most n in all). Without the heat weighting they do harm.
   *
   * @defaultValue 12, and 0 with `weighting: 'none'`
   */
  readonly extraEigenvectors?: number;
  /**
   * `'heat'` multiplies eigenvector j by exp(−bandwidth (1 − w_j) / g) with g = max(1 − w_c, 1e-3); `'none'` leaves it.
   *
   * @defaultValue 'heat'
   */
  readonly weighting?: 'heat' | 'none';
  /**
   * How fast the heat weights fall, at least 0.
   *
   * @defaultValue 0.5
   */
  readonly bandwidth?: number;
  /**
   * Divides each row by its Euclidean norm; zero rows stay zero.
   *
   * @defaultValue true
   */
  readonly rowNormalise?: boolean;
  /**
   * Divides row i by √d_i first (eigenvectors of the random walk). Only matters without `rowNormalise`.
   *
   * @defaultValue false
   */
  readonly degreeScale?: boolean;
  /**
   * Residual tolerance of the eigen-solver, at least 1e-11. An eigenvector with heat weight h may have 1/h times as much.
   *
   * @defaultValue 1e-7
   */
  readonly tolerance?: number;
  /**
   * Threads that share the products with a large sparse affinity; what comes out is the same to the last bit. See `threads` of {@link operatorOf}.
   *
   * @defaultValue all cores (16 at most) from 200,000 stored entries on, else 1
   */
  readonly threads?: number;
  /** Stops the search between products. */
  readonly signal?: AbortSignal;
}

/** An embedding of the vertices of a graph. */
export interface SpectralEmbedding {
  /** One row a vertex, `[n, q]`, q = min(n, clusters + extraEigenvectors). */
  readonly embedding: DenseMatrix<Float64Array>;
  /** Largest eigenvalues of the normalised adjacency, descending, `[q]`. */
  readonly eigenvalues: Float64Array;
  /** The vertices in an order that follows them when they are renumbered, `[n]`; see `rowOrder` of {@link kMeans}. */
  readonly rowOrder: Int32Array;
  /** The connected components. */
  readonly components: ConnectedComponents;
}

/**
 * Embeds the vertices of a graph by the leading eigenpairs (w_j, u_j) of D^(-1/2) A D^(-1/2): row i is
 * (h_1 u_i1, …, h_q u_iq), scaled to unit length, with the heat weights h_j = exp(−bandwidth (1 − max(w_j, 0)) / g),
 * g = max(1 − w_c, 1e-3). Each connected component has an eigenvalue 1 whose eigenvector is √d_i on its vertices and 0
 * elsewhere; a vertex without edges is one, as if it had a loop as heavy as the largest degree. Of more components than columns
 * the largest have one, and the rows of the others are zero.
 * `weighting: 'none'` with `extraEigenvectors: 0` is the embedding of Ng, Jordan and Weiss; with `rowNormalise: false` and
 * `degreeScale: true` as well, that of scikit-learn.
 *
 * @param affinity - `[n, n]`, symmetric, non-negative, dense or sparse
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric,
 * or when the weights add up to more than 8-byte numbers hold; `option` on an option out of range;
 * `diverged` when the eigen-solver does not converge; `aborted` on the signal.
 * @see Ng, Jordan and Weiss, On spectral clustering, 2001
 * @example
 * ```ts
 * const affinity = fromRows([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]);
 * const { embedding } = spectralEmbedding(affinity, { clusters: 2, random: randomSource(1) });
 * ```
 */
export function spectralEmbedding(affinity: Matrix, options: SpectralEmbeddingOptions): SpectralEmbedding {
  const where = 'spectralEmbedding';
  const {
    clusters,
    random,
    weighting = 'heat',
    bandwidth = 0.5,
    rowNormalise = true,
    degreeScale = false,
  } = options;
  const { extraEigenvectors = weighting === 'heat' ? 12 : 0, tolerance = 1e-7, threads } = options;
  checkAffinity(where, affinity);
  const n = affinity.rows;
  checkInteger(where, 'clusters', clusters, { minimum: 1, maximum: n });
  checkInteger(where, 'extraEigenvectors', extraEigenvectors, { minimum: 0 });
  checkNumber(where, 'bandwidth', bandwidth, 0);
  if (weighting !== 'heat' && weighting !== 'none') {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'weighting'`,
      expected: "'heat' or 'none'",
      received: String(weighting),
    });
  }

  const sums = degreesOf(affinity, where);
  // As heavy as the largest degree, so that the scale of the weights makes no difference.
  const loop = sums.reduce((a, b) => Math.max(a, b), 0) || 1;
  const graph = withLoops(affinity, sums, loop);
  const degree = sums.map((d) => d || loop);
  const scale = inverseRoots(degree);
  const components = connectedComponents(graph);
  const { embedding, eigenvalues, rowOrder } = embedOperator(
    operatorOf(graph, scale, threads === undefined ? {} : { threads }),
    {
      ...{ degree, components, random, tolerance, where, signal: options.signal },
      count: Math.min(n, clusters + extraEigenvectors),
      weigh: (values) =>
        weighting === 'heat'
          ? heatWeights(values, clusters, bandwidth)
          : new Float64Array(values.length).fill(1),
      rowFactors: degreeScale ? scale : undefined,
    },
  );
  return {
    embedding: rowNormalise ? normaliseRows(embedding) : embedding,
    eigenvalues,
    rowOrder,
    components,
  };
}
