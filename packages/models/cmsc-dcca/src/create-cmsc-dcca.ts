import type { Clusterer, Paired } from '@crossmodal/core';
import type { FittedMethod } from '@crossmodal/method';
import { cmscDcca } from './cmsc-dcca.js';
import type { CmscDccaOptions, CmscDccaTypes } from './types.js';

/** A clustering by {@link createCmscDcca}; `affinity` is there with self-expression, unless an own readout makes none. */
export type FittedCmscDcca = FittedMethod<CmscDccaTypes>;

/**
 * Cross-modal subspace clustering via deep canonical correlation analysis: an autoencoder per modality, whose latents are correlated with those of the
 * other modalities, and represent each other by one matrix of self-expressive coefficients for all, from which the affinity comes.
 *
 * The default adds to the paper: filters of images that start from their patches, dense layers that start at principal components, training by block
 * coordinates with exact coefficients, and the mean of four graphs of latents and features as affinity. `preset: 'paper'` follows the paper. With
 * more than two modalities the correlation is the sum over pairs, which is ours. Rows may be absent. No labels are used, and the number of steps is
 * decided beforehand.
 *
 * Parts of both recipes can be mixed (`network`, `training`, `readout`) and replaced by your own (`encoders`, `readout`, `terms`, `stages`).
 *
 * @throws CrossmodalError `option` naming the first option that is wrong, unknown, or of a part that is not in the recipe.
 * @see Gao et al., Cross-Modal Subspace Clustering via Deep Canonical Correlation Analysis, 2020
 * @example
 * ```ts
 * const { data } = gaussianBlobs({
 *   n: 40,
 *   clusters: 2,
 *   modalities: [{ dimension: 8 }, { dimension: 6 }],
 *   random: randomSource(1),
 * });
 * const fitted = await createCmscDcca().fit(data, { clusters: 2, seed: 1 });
 * console.log(fitted.labels);
 * fitted.dispose();
 * ```
 */
export function createCmscDcca(options: CmscDccaOptions = {}): Clusterer<Paired, FittedCmscDcca> {
  return cmscDcca.create(options);
}
