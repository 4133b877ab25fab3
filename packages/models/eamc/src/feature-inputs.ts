import { presenceOf, type DenseMatrix, type Modality } from '@crossmodal/core';
import { applyFeatureMap, featureMapSchema, type FeatureMap } from '@crossmodal/encoders';
import type { Preparation, PreparationContext } from '@crossmodal/method';
import * as z from 'zod';
import type { EamcSamples, EamcTypes } from './types.js';

type ModalitySamples = EamcSamples['modalities'][number];

/** Inputs that treat each modality by itself, with a random stream of its own. */
export function featureInputs<Options>({
  options,
  fitModality,
}: Pick<Preparation<EamcTypes, Options>, 'options'> & {
  readonly fitModality: (
    modality: Modality,
    context: PreparationContext<Options>,
  ) => Promise<{ readonly map: FeatureMap; readonly features: DenseMatrix<Float32Array> }>;
}): Preparation<EamcTypes, Options> {
  return {
    ...(options && { options }),
    schema: z.array(featureMapSchema).min(1),
    async fit(modalities, context) {
      const random = context.random.fork('features');
      const prepared: FeatureMap[] = [];
      const samples: ModalitySamples[] = [];
      for (const [v, modality] of modalities.entries()) {
        const own = { ...context, random: random.fork(`modality ${v}`) };
        const { map, features } = await fitModality(modality, own);
        prepared.push(map);
        samples.push(samplesOf(modality, features));
      }
      return { prepared, samples: { modalities: samples }, structure: undefined };
    },
    async apply(prepared, modalities) {
      const samples: ModalitySamples[] = [];
      for (const [v, map] of prepared.entries()) {
        const modality = modalities[v]!;
        samples.push(samplesOf(modality, await applyFeatureMap(map, modality)));
      }
      return { modalities: samples };
    },
    inputs: (prepared) => prepared.map(({ frontEnd: { input } }) => input),
  };
}

function samplesOf(
  modality: Modality,
  { rows, columns, values }: DenseMatrix<Float32Array>,
): ModalitySamples {
  const present = presenceOf(modality);
  return {
    x: { shape: [rows, columns], values },
    mask: present && { shape: [rows, 1], values: Float32Array.from(present) },
  };
}
