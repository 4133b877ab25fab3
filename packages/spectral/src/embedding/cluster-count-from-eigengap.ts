import { checkInteger, CrossmodalError, type Matrix, type RandomSource } from '@crossmodal/core';
import { spectralEmbedding } from './spectral-embedding.js';

/** Gaps up to this are the eigen-solver's, not the graph's. */
const NO_GAP = 1e-6;

/** Numbers of clusters to choose from. */
export interface ClusterRange {
  /**
   * Fewest clusters to consider, at least 1.
   *
   * @defaultValue 2
   */
  readonly minimum?: number;
  /**
   * Most clusters to consider; one eigenvalue more is needed.
   *
   * @defaultValue 20, or as many as there are eigenvalues less one
   */
  readonly maximum?: number;
}

/** Options of {@link clusterCountFromEigengap}. */
export interface EigengapOptions extends ClusterRange {
  /** Decides the start vectors of the eigen-solver; needed with an affinity. */
  readonly random?: RandomSource;
  /** Stops the eigen-solver between products. */
  readonly signal?: AbortSignal;
}

/**
 * The number of clusters before the widest gap of the spectrum, argmax over k of w_k − w_(k+1), where w are the eigenvalues
 * of the normalised adjacency, descending; of equal gaps, the first.
 *
 * @param source - eigenvalues, descending, or an affinity `[n, n]` (then `random` is needed)
 * @throws CrossmodalError `option` when the range is empty or reaches beyond the eigenvalues, or `random` is missing;
 * `value` when the eigenvalues do not descend, or no gap in the range exceeds 1e-6, as with more connected components than the
 * range holds; and as {@link spectralEmbedding} for an affinity.
 * @see von Luxburg, A tutorial on spectral clustering, 2007, section 8.3
 * @example
 * ```ts
 * clusterCountFromEigengap([1, 0.99, 0.98, 0.4, 0.3]); // 3
 * ```
 */
export function clusterCountFromEigengap(
  source: Matrix | ArrayLike<number>,
  options: EigengapOptions = {},
): number {
  const where = 'clusterCountFromEigengap';
  const available = ('kind' in source ? source.rows : source.length) - 1;
  const { minimum = 2, maximum = Math.min(20, available), random, signal } = options;
  checkInteger(where, 'minimum', minimum, { minimum: 1 });
  if (available < minimum) {
    throw new CrossmodalError({
      code: 'option',
      where,
      expected: `${minimum + 1} vertices or eigenvalues at least, for ${minimum} clusters or more`,
      received: String(available + 1),
    });
  }
  checkInteger(where, 'maximum', maximum, { minimum, maximum: available });
  const values = 'kind' in source ? eigenvaluesOf(source, maximum + 1, random, signal, where) : source;
  let best = minimum;
  let widest = -Infinity;
  for (let k = 1; k <= maximum; k++) {
    const gap = values[k - 1]! - values[k]!;
    if (!(gap >= -1e-9)) {
      throw new CrossmodalError({
        code: 'value',
        where,
        expected: 'descending eigenvalues',
        received: `${values[k - 1]!} before ${values[k]!}`,
      });
    }
    // Wider by more than the solver's tolerance, so that equal gaps give the fewest clusters.
    if (k >= minimum && gap > widest + 1e-9) {
      widest = gap;
      best = k;
    }
  }
  if (widest <= NO_GAP) {
    throw new CrossmodalError({
      code: 'value',
      where,
      expected: `a gap between the eigenvalues ${minimum} to ${maximum + 1}`,
      received: `all of them about ${values[maximum]!.toPrecision(3)}`,
      advice:
        values[maximum]! > 1 - NO_GAP && maximum < available
          ? `The graph has more than ${maximum} connected components: raise maximum.`
          : 'Nothing in the graph tells how many clusters there are: state their number.',
    });
  }
  return best;
}

function eigenvaluesOf(
  affinity: Matrix,
  count: number,
  random: RandomSource | undefined,
  signal: AbortSignal | undefined,
  where: string,
): Float64Array {
  if (random === undefined) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'random'`,
      expected: 'a random source with an affinity',
      received: 'none',
    });
  }
  return spectralEmbedding(affinity, {
    clusters: count,
    random,
    weighting: 'none',
    extraEigenvectors: 0,
    ...(signal === undefined ? {} : { signal }),
  }).eigenvalues;
}
