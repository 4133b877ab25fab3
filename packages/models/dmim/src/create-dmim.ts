import type { Clusterer, Paired } from '@crossmodal/core';
import type { FittedMethod } from '@crossmodal/method';
import { dmim } from './dmim.js';
import type { DmimOptions, DmimTypes } from './types.js';

/** A clustering by {@link createDmim}; `memberships` are there unless an own readout gives none. */
export type FittedDmim = FittedMethod<DmimTypes>;

/**
 * Deep mutual information maximin: one encoder for all modalities, whose clustering head and overclustering head are trained so that the
 * assignments of an object in two modalities say as much as possible about each other, while its codes know little else of the input.
 *
 * The default adds to the paper: features of untrained filters for images, weights of modalities by the neighbours that they share, a rotation of
 * modalities onto each other, partners from near objects, overclusters that start at the means of small clusters, and a stage that merges them before both
 * heads train. `preset: 'paper'` follows the paper, and the authors' code where it is silent. Neither uses labels, and both stop after a number of steps
 * that is decided beforehand. Objects are worked on in an order of their own, so the order of the rows does not matter.
 *
 * Parts of both recipes can be mixed (`inputs`, `network`, `training`) and replaced by your own (`encoder`, `readout`, `terms`, `stages`).
 *
 * @throws CrossmodalError `option` naming the first option that is wrong, unknown, or of a part that is not in the recipe.
 * @see Mao et al., Deep Mutual Information Maximin for Cross-Modal Clustering, AAAI 2021
 * @example
 * ```ts
 * const { data } = gaussianBlobs({
 *   n: 60,
 *   clusters: 2,
 *   modalities: [{ dimension: 8 }, { dimension: 6 }],
 *   random: randomSource(1),
 * });
 * const fitted = await createDmim({ steps: 50 }).fit(data, { clusters: 2, seed: 1 });
 * console.log(fitted.labels, fitted.memberships!.rows);
 * fitted.dispose();
 * ```
 */
export function createDmim(options: DmimOptions = {}): Clusterer<Paired, FittedDmim> {
  return dmim.create(options);
}
