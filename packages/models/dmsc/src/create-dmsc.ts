import type { Clusterer, CsrMatrix, Paired } from '@crossmodal/core';
import type { FittedMethod } from '@crossmodal/method';
import { dmsc } from './dmsc.js';
import type { DmscOptions, DmscTypes } from './types.js';

/** A clustering by {@link createDmsc}. */
export type FittedDmsc = FittedMethod<DmscTypes> & {
  /** Affinity of the samples, shape `[n, n]`, symmetric, in `[0, 1]`. */
  readonly affinity: CsrMatrix<Float32Array>;
};

/**
 * Deep multimodal subspace clustering: autoencoders, one per modality or merged, whose latents represent each other by one matrix of
 * self-expressive coefficients, from which the affinity comes.
 *
 * The default adds to the paper: filters of images that start from their patches, training by block coordinates with exact coefficients, and
 * the mean of four graphs of the latents as affinity. `preset: 'paper'` follows the paper and its public code. Neither uses labels, and both stop
 * after a number of steps that is decided beforehand. Objects are worked on in an order of their own, so the order of the rows does not matter.
 *
 * Parts of both recipes can be mixed (`inputs`, `network`, `training`, `readout`) and replaced by your own (`encoders`, `fusion`, `readout`, `terms`,
 * `stages`).
 *
 * @throws CrossmodalError `option` naming the first option that is wrong, unknown, or of a part that is not in the recipe.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018
 * @example
 * ```ts
 * const { data } = gaussianBlobs({
 *   n: 40,
 *   clusters: 2,
 *   modalities: [{ dimension: 8 }, { dimension: 6 }],
 *   random: randomSource(1),
 * });
 * const fitted = await createDmsc().fit(data, { clusters: 2, seed: 1 });
 * console.log(fitted.labels);
 * fitted.dispose();
 * ```
 */
export function createDmsc(
  options?: DmscOptions & { readonly readout?: 'default' | 'paper' },
): Clusterer<Paired, FittedDmsc>;
export function createDmsc(options: DmscOptions): Clusterer<Paired, FittedMethod<DmscTypes>>;
export function createDmsc(options: DmscOptions = {}): Clusterer<Paired, FittedMethod<DmscTypes>> {
  return dmsc.create(options);
}
