import { kMeans, kMeansPredict } from '@crossmodal/spectral';
import type { DenseMatrix } from '@crossmodal/core';
import * as z from 'zod';
import type { Representation } from '../recipe/method-types.js';
import type { Readout } from '../recipe/readout.js';
import { matrix64 } from '../saved/schemas.js';

/** Options of {@link kMeansReadout}. */
export interface KMeansReadoutOptions {
  /** Starts of k-means, of which the one with the lowest inertia is kept, 1 or more. @defaultValue 20 */
  readonly restarts?: number;
  /** Label of the random stream. @defaultValue 'k-means' */
  readonly stream?: string;
}

/** What {@link kMeansReadout} keeps. */
export interface Centroids {
  /** Shape `[clusters, q]`. */
  readonly centroids: DenseMatrix<Float64Array>;
}

/**
 * Clusters a representation by k-means; new samples join the nearest centroid. It suits every method.
 *
 * @example
 * ```ts
 * const readout = kMeansReadout({ restarts: 5 });
 * console.log(readout.name); // k-means
 * ```
 */
export function kMeansReadout({ restarts = 20, stream = 'k-means' }: KMeansReadoutOptions = {}): Readout<
  Representation,
  Centroids
> {
  return {
    name: 'k-means',
    schema: z.object({ centroids: matrix64 }),
    async fit({ embedding }, { clusters, random, signal, pause }) {
      await pause('assign', 0, 1);
      const { labels, centroids } = kMeans(embedding, {
        clusters,
        random: random.fork(stream),
        restarts,
        ...(signal ? { signal } : {}),
      });
      await pause('assign', 1, 1);
      return { labels, embedding, state: { centroids } };
    },
    predict: ({ embedding }, { state: { centroids } }) => ({
      labels: kMeansPredict(embedding, centroids),
      embedding,
    }),
    fits: ({ centroids }, { clusters }) => centroids.rows === clusters,
  };
}
