import { reparameterise } from '@crossmodal/encoders';
import {
  categoricalKl,
  crossEntropy,
  gaussianKl,
  maskedRows,
  modalityTerm,
  mutualInformation,
  pairTerm,
  type GaussianKlOptions,
  type Term,
} from '@crossmodal/losses';
import { tf } from '@crossmodal/tensors';
import type { HeadOptions } from '../options.js';
import type { DmimModalityState, DmimState } from './dmim-state.js';

/** Mutual information of the clustering head between one modality of objects and another of their partners, both ways in one joint, one part per pair. */
export const information = informationTerm('information', ({ logits }) => logits);

/** The same of the overclustering head. */
export const overclusteringInformation = informationTerm(
  'overclustering information',
  ({ overLogits }) => overLogits!,
);

function informationTerm(name: string, logits: (modality: DmimModalityState) => tf.Tensor2D) {
  return pairTerm(name, -1, (a: DmimModalityState, b: DmimModalityState, { partners }: DmimState) =>
    tf.tidy(() => {
      const [p, q] = [a, b].map((side) => tf.softmax(logits(side))) as [tf.Tensor2D, tf.Tensor2D];
      const other = b.mask && partners(b.mask);
      const mask = a.mask && other ? maskedRows(a.mask, other) : (a.mask ?? other);
      return mutualInformation(p, partners(q) as tf.Tensor2D, masked(mask));
    }),
  );
}

/**
 * What the codes of each modality know beside the clusters, one part per modality: the bound that options ask for, none without one.
 *
 * @param reduction - of the Gaussian bound, `sampleMean` as in Eq. 10, or `mean`, which keeps a weight from growing with the dimension of codes
 */
export function superfluousTerms(
  {
    superfluous,
    superfluousWeight,
  }: Pick<HeadOptions, 'superfluous'> & { readonly superfluousWeight: number },
  reduction: NonNullable<GaussianKlOptions['reduction']>,
): readonly Term<DmimState>[] {
  const bounds = {
    gaussian: ({ gaussians, mask }: DmimModalityState) =>
      gaussianKl(gaussians!.means, gaussians!.deviations, { ...masked(mask), reduction }),
    categorical: ({ gaussians, mask, noise }: DmimModalityState) =>
      tf.tidy(() => {
        const z = reparameterise(gaussians!, noise.code!);
        return categoricalKl(noise.prior!, z, { ...masked(mask), reduction: 'mean' });
      }),
  };
  if (superfluous === 'none') return [];
  return [modalityTerm('superfluous', superfluousWeight, bounds[superfluous])];
}

/** Cross-entropy of the clustering head to targets, one part per modality. */
export function targetTerm(weight: number): Term<DmimState> {
  return modalityTerm('targets', weight, ({ logits, target, mask }: DmimModalityState) =>
    crossEntropy(logits, target!, masked(mask)),
  );
}

function masked(mask: tf.Tensor | undefined): { readonly mask?: tf.Tensor } {
  return mask === undefined ? {} : { mask };
}
