import type { Clusterer, Paired } from '@crossmodal/core';
import type { FittedMethod } from '@crossmodal/method';
import { eamc } from './eamc.js';
import type { EamcOptions, EamcTypes } from './types.js';

/** A clustering by {@link createEamc}: `embedding` are the fused latents; `memberships` are there unless an own readout gives none. */
export type FittedEamc = FittedMethod<EamcTypes>;

/**
 * End-to-end adversarial-attention clustering: one encoder per modality, discriminators that align their latents with the first one's,
 * attention that weighs the modalities, and a cluster head trained by Cauchy-Schwarz divergences, all at once on minibatches.
 *
 * The default adds to the paper: whitened features, of a fixed convolution for images; a start of encoders and attention by contrast of
 * neighbours, and of the head by k-means; a divergence of neighbours; and an adversary that does not win. `preset: 'paper'` follows the paper
 * and, where it is silent, its public code. Neither uses labels. Memory beside the data does not grow with the square of n. Objects are
 * worked on in an order of their own, so the order of the rows does not matter. Rows may be absent: attention, losses and statistics see the
 * modalities that a sample has.
 *
 * Parts of both recipes can be mixed (`inputs`, `network`, `training`) and replaced by your own (`encoders`, `fusion`, `readout`, `terms`, `stages`).
 *
 * @throws CrossmodalError `option` naming the first option that is wrong, unknown, or of a part that is not in the recipe.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020
 * @example
 * ```ts
 * const { data } = gaussianBlobs({
 *   n: 60,
 *   clusters: 2,
 *   modalities: [{ dimension: 8 }, { dimension: 6 }],
 *   random: randomSource(1),
 * });
 * const fitted = await createEamc({ leastSteps: 0 }).fit(data, { clusters: 2, seed: 1 });
 * console.log(fitted.labels, fitted.modalityWeights);
 * fitted.dispose();
 * ```
 */
export function createEamc(options: EamcOptions = {}): Clusterer<Paired, FittedEamc> {
  return eamc.create(options);
}
