import type { Clusterer, Mixed } from '@crossmodal/core';
import type { FittedMethod } from '@crossmodal/method';
import { dm2c } from './dm2c.js';
import type { Dm2cOptions, Dm2cTypes } from './types.js';

/**
 * A clustering by {@link createDm2c}. `embedding` has the latents of all samples in the anchor's space, or without unification, each in the space of its own
 * modality; `anchor` and `informative` name modalities.
 */
export type FittedDm2c = FittedMethod<Dm2cTypes>;

/**
 * Deep mixed-modal clustering: every sample is seen in one modality only, and nothing tells which samples of different modalities belong
 * together. Autoencoders give latents, generators map them between the modalities, critics and cycle consistency train the generators, and all
 * samples are clustered in the space of one modality, the anchor.
 *
 * `preset: 'paper'` follows the paper and its public code. Adversarial training alone makes distributions alike and not clusters, so the
 * default adds to the paper: filters of images that start from their patches, the choice of an anchor and of informative modalities by the stability of
 * their clusters, generators that start from one basis for all images or from a match of clusters by the distances between them, a warm-up of the critics,
 * and a graph of the unified latents in place of k-means after one basis. Neither uses labels. Objects are worked on in an order of their own, so the
 * order of the rows does not matter.
 *
 * Parts of both recipes can be mixed (`inputs`, `network`, `training`, `readout`) and replaced by your own (`encoders`, `critic`, `readout`, `terms`,
 * `stages`).
 *
 * @throws CrossmodalError `option` naming the first option that is wrong, unknown, or of a part that is not in the recipe; generators that nothing would
 * have trained or aligned, or a game without any weight.
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019
 * @example
 * ```ts
 * const { data } = gaussianBlobs({
 *   n: 80,
 *   clusters: 3,
 *   modalities: [{ dimension: 8 }, { dimension: 6 }],
 *   random: randomSource(1),
 * });
 * const unpaired = mixModalities(data, { random: randomSource(2) });
 * const fitted = await createDm2c({ epochs: 2 }).fit(unpaired.data, { clusters: 3, seed: 1 });
 * console.log(fitted.labels);
 * fitted.dispose();
 * ```
 */
export function createDm2c(options: Dm2cOptions = {}): Clusterer<Mixed, FittedDm2c> {
  return dm2c.create(options);
}
