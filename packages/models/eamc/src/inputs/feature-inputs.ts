import { presenceOf, type DenseMatrix, type Modality } from '@crossmodal/core';
import { applyFrontEnd } from '@crossmodal/encoders';
import type { Preparation, PreparationContext } from '@crossmodal/method';
import { applyWhitening } from '@crossmodal/transforms';
import type { EamcSamples, EamcTypes } from '../types.js';
import type { PreparedModality } from './prepared-modality.js';

/** One modality of the training samples. */
export interface FittedModality {
  readonly prepared: PreparedModality;
  /** Shape `[n, d]`, zeros where absent. */
  readonly features: DenseMatrix<Float32Array>;
}

/**
 * Inputs that treat each modality by itself.
 *
 * @param fitModality - learns from one modality, with a random stream of its own
 */
export function featureInputs<Options>({
  fitModality,
  ...slot
}: Pick<Preparation<EamcTypes, Options>, 'options' | 'schema'> & {
  readonly fitModality: (
    modality: Modality,
    context: PreparationContext<Options>,
  ) => Promise<FittedModality>;
}): Preparation<EamcTypes, Options> {
  return {
    ...slot,
    async fit(modalities, context) {
      const random = context.random.fork('features');
      const fitted: FittedModality[] = [];
      for (const [v, modality] of modalities.entries())
        fitted.push(await fitModality(modality, { ...context, random: random.fork(`modality ${v}`) }));
      return {
        prepared: fitted.map(({ prepared }) => prepared),
        samples: samplesOf(modalities, fitted.map(({ features }) => features)),
        structure: undefined,
      };
    },
    async apply(prepared, modalities) {
      const features: DenseMatrix<Float32Array>[] = [];
      for (const [v, own] of prepared.entries()) features.push(await featuresOf(own, modalities[v]!));
      return samplesOf(modalities, features);
    },
    inputs: (prepared) => prepared.map(({ frontEnd: { input } }) => input),
  };
}

async function featuresOf(
  { frontEnd, whitening }: PreparedModality,
  modality: Modality,
): Promise<DenseMatrix<Float32Array>> {
  const features = await applyFrontEnd(frontEnd, modality);
  return whitening === undefined ? features : applyWhitening(whitening, features, modality.present);
}

function samplesOf(
  modalities: readonly Modality[],
  features: readonly DenseMatrix<Float32Array>[],
): EamcSamples {
  return {
    modalities: modalities.map((modality, v) => {
      const { rows, columns, values } = features[v]!;
      const present = presenceOf(modality);
      return {
        x: { shape: [rows, columns], values },
        mask: present && { shape: [rows, 1], values: Float32Array.from(present) },
      };
    }),
  };
}
