import { stackRows } from '@crossmodal/alignment';
import type { DenseMatrix } from '@crossmodal/core';
import { matrix64, type Readout, type ResolvedOptions } from '@crossmodal/method';
import { kMeans, kMeansPredict } from '@crossmodal/spectral';
import * as z from 'zod';
import type { kMeansOptions, paperReadoutOptions } from '../options.js';
import type { Dm2cSeen } from '../types.js';

/** What {@link unifiedKMeans} keeps. */
export interface CentreState {
  /** Shape `[clusters, q]`. */
  readonly centres: DenseMatrix<Float64Array>;
}

/**
 * K-means on the unified latents of the informative modalities; the samples of others, and new ones, join the nearest centre.
 *
 * @param options - schema of the option `restarts`
 */
export function unifiedKMeans(
  options: typeof kMeansOptions | typeof paperReadoutOptions,
): Readout<Dm2cSeen, CentreState, ResolvedOptions<typeof kMeansOptions>> {
  return {
    name: 'k-means',
    options,
    schema: z.object({ centres: matrix64 }),
    async fit(
      { latents, informative, embedding },
      { options: { restarts }, clusters, random, signal, pause },
    ) {
      await pause('assign', 0, 1);
      const { centroids } = kMeans(stackRows(informative.map((v) => latents[v]!)), {
        clusters,
        random: random.fork('assign'),
        restarts,
        ...(signal ? { signal } : {}),
      });
      await pause('assign', 1, 1);
      return { labels: kMeansPredict(embedding, centroids), embedding, state: { centres: centroids } };
    },
    predict: ({ embedding }, { state }) => ({ labels: kMeansPredict(embedding, state.centres), embedding }),
    fits: ({ centres }, { clusters, columns }) => centres.rows === clusters && centres.columns === columns,
  };
}
