import { reparameterise } from '@crossmodal/encoders';
import {
  categoricalKl,
  crossEntropy,
  gaussianKl,
  maskedRows,
  mutualInformation,
  type GaussianKlOptions,
  type Term,
  type TermPart,
} from '@crossmodal/losses';
import { tf } from '@crossmodal/tensors';
import type { DmimModalityState, DmimState } from './dmim-state.js';

type Logits = (modality: DmimModalityState) => tf.Tensor2D;

/** Mutual information of the clustering head between one modality of objects and another of their partners, both ways in one joint, one part per pair. */
export const information = informationTerm('information', ({ logits }) => logits);

/** The same of the overclustering head. */
export const overclusteringInformation = informationTerm(
  'overclustering information',
  ({ overLogits }) => overLogits!,
);

function informationTerm(name: string, logits: Logits): Term<DmimState> {
  return {
    name,
    weight: -1,
    value: (state) =>
      state.pairs.map(({ first, second, weight }): TermPart => {
        const [a, b] = [state.modalities[first]!, state.modalities[second]!];
        return { name: `${a.name} ${b.name}`, weight, value: () => shared(a, b, logits, state.partners) };
      }),
  };
}

function shared(
  a: DmimModalityState,
  b: DmimModalityState,
  logits: Logits,
  partners: DmimState['partners'],
): tf.Scalar {
  return tf.tidy(() => {
    const [p, q] = [a, b].map((side) => tf.softmax(logits(side))) as [tf.Tensor2D, tf.Tensor2D];
    const other = b.mask === undefined ? undefined : partners(b.mask);
    const mask = a.mask === undefined ? other : other === undefined ? a.mask : maskedRows(a.mask, other);
    return mutualInformation(p, partners(q) as tf.Tensor2D, mask === undefined ? {} : { mask });
  });
}

/** What the codes of each modality know beside the clusters, one part per modality: the bound that options ask for, none without one. */
export function superfluousTerms(
  { superfluous, superfluousWeight: weight }: SuperfluousOptions,
  reduction: NonNullable<GaussianKlOptions['reduction']>,
): readonly Term<DmimState>[] {
  const term = (value: (modality: DmimModalityState) => tf.Scalar) => [perModality('superfluous', weight, value)];
  switch (superfluous) {
    case 'none':
      return [];
    case 'gaussian':
      return term(({ gaussians, mask }) =>
        gaussianKl(gaussians!.means, gaussians!.deviations, { ...maskOf(mask), reduction }),
      );
    case 'categorical':
      return term(({ gaussians, mask, noise }) =>
        tf.tidy(() => {
          const z = reparameterise(gaussians!, noise.code!);
          return categoricalKl(noise.prior!, z, { ...maskOf(mask), reduction: 'mean' });
        }),
      );
  }
}

/** Options of {@link superfluousTerms}. */
export interface SuperfluousOptions {
  readonly superfluous: 'gaussian' | 'categorical' | 'none';
  readonly superfluousWeight: number;
}

/** Cross-entropy of the clustering head to targets, one part per modality. */
export function targetTerm(weight: number): Term<DmimState> {
  return perModality('targets', weight, ({ logits, target, mask }) =>
    crossEntropy(logits, target!, maskOf(mask)),
  );
}

function perModality(
  name: string,
  weight: number,
  value: (modality: DmimModalityState) => tf.Scalar,
): Term<DmimState> {
  return {
    name,
    weight,
    value: ({ modalities }) =>
      modalities.map((modality): TermPart => ({
        name: modality.name,
        weight: modality.weight,
        value: () => value(modality),
      })),
  };
}

function maskOf(mask: tf.Tensor | undefined): { readonly mask?: tf.Tensor } {
  return mask === undefined ? {} : { mask };
}
