import { joinColumns, type DenseMatrix } from '@crossmodal/core';
import {
  applyPreparation,
  kernelFeatures,
  matrix64,
  preparedLatents,
  prepareLatents,
  type OptionShape,
  type PreparedLatent,
  type Readout,
  type SeenLatents,
} from '@crossmodal/method';
import { completeModalities } from '@crossmodal/self-expressive';
import { kMeans, kMeansPredict } from '@crossmodal/spectral';
import * as z from 'zod';

/** What {@link latentReadout} keeps. */
export interface LatentCentroids {
  readonly latents: readonly PreparedLatent[];
  /** Shape `[clusters, sum of q_l]`. */
  readonly centroids: DenseMatrix<Float64Array>;
}

/**
 * k-means of the prepared latents side by side, absent rows filled by similar ones: what is left of a subspace method without self-expression.
 *
 * @param restartsOf - starts of k-means under the options of the recipe
 * @param options - schemas of the options that it reads; by default it reads none
 * @example
 * ```ts
 * console.log(latentReadout(() => 10).name); // latents
 * ```
 */
export function latentReadout<Options>(
  restartsOf: (options: Options) => number,
  options?: OptionShape,
): Readout<SeenLatents, LatentCentroids, Options> {
  return {
    name: 'latents',
    ...(options && { options }),
    schema: z
      .object({ latents: preparedLatents, centroids: matrix64 })
      .refine(
        ({ latents, centroids }) =>
          centroids.columns === latents.reduce((sum, { features }) => sum + features.columns, 0),
        { message: 'centroids of another width' },
      ),
    async fit({ latents }, { options: given, clusters, random, signal, pause }) {
      const ready = prepareLatents(latents);
      await pause('assign', 0, 1);
      const embedding = joinColumns(
        completeModalities(kernelFeatures(ready)).map(({ features }) => features),
      );
      const { labels, centroids } = kMeans(embedding, {
        clusters,
        random: random.fork('spectral'),
        restarts: restartsOf(given),
        ...(signal ? { signal } : {}),
      });
      await pause('assign', 1, 1);
      return { labels, embedding, state: { latents: ready, centroids } };
    },
    predict({ latents }, { state }) {
      const given = applyPreparation(latents, state.latents);
      const completed = completeModalities(given, kernelFeatures(state.latents));
      const embedding = joinColumns(completed.map(({ features }) => features));
      return { labels: kMeansPredict(embedding, state.centroids), embedding };
    },
    fits: ({ latents, centroids }, { n, clusters }) =>
      centroids.rows === clusters && latents.every(({ features }) => features.rows === n),
  };
}
