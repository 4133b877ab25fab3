import { presenceOf, sampleShape, type DenseMatrix, type Modality } from '@crossmodal/core';
import { applyFrontEnd, type FrontEndFeatures } from '@crossmodal/encoders';
import type { Preparation, PreparedData } from '@crossmodal/method';
import { modalityPairs, type ModalityWeights, type NearestNeighbours } from '@crossmodal/self-expressive';
import { fitCentre, type FittedFeatures } from '@crossmodal/transforms';
import type { DmimInput, DmimSamples, DmimTypes } from '../types.js';
import { preparedSchema } from './schema.js';

/** A modality that is fitted: what its features go through, and the encoder's inputs. */
export type FittedInput = FittedFeatures &
  Pick<DmimInput, 'frontEnd'> &
  Pick<DmimInput['reduction'], 'name' | 'shape' | 'factor'>;

/** How a modality comes to the encoder: through a front end, if there is one, a reduction, and a factor. */
export function fittedInput(
  modality: Modality,
  { transform, features }: FittedFeatures,
  factor = 1,
  first?: FrontEndFeatures,
): FittedInput {
  return {
    name: modality.name,
    shape: first === undefined ? sampleShape(modality) : [first.features.columns],
    frontEnd: first?.frontEnd,
    transform,
    factor,
    features: scaled(features, factor),
  };
}

/** Features minus their means. */
export function centred(features: DenseMatrix, present: Uint8Array | undefined): FittedFeatures {
  const transform = fitCentre(features, { present });
  return { transform, features: transform.apply(features, present) };
}

/** Components that features can have, at most `width`. */
export function componentCount(features: DenseMatrix, width: number, present?: Uint8Array): number {
  const rows = present === undefined ? features.rows : present.reduce((sum, flag) => sum + flag, 0);
  return Math.min(width, features.columns, rows);
}

/** What a fit goes on with: modalities of weight 0 are left out of the network. */
export function preparedData(
  modalities: readonly Modality[],
  fitted: readonly FittedInput[],
  { modalities: weights, pairs }: ModalityWeights,
  neighbours?: readonly NearestNeighbours[],
): PreparedData<DmimTypes> {
  const active = modalities.flatMap((_, v) => (weights[v]! > 0 ? [v] : []));
  return {
    prepared: {
      inputs: fitted.map(({ features, frontEnd, ...reduction }) => ({
        frontEnd,
        reduction,
        size: features.columns,
      })),
      weights,
    },
    samples: active.map((v) => samplesOf(modalities[v]!, fitted[v]!.features, weights[v]!)),
    structure: {
      pairs: modalityPairs(modalities.length).flatMap(([u, v], p) => {
        const weight = pairs[p]!;
        return weight > 0 ? [{ first: active.indexOf(u), second: active.indexOf(v), weight }] : [];
      }),
      neighbours: neighbours && active.map((v) => neighbours[v]!),
    },
  };
}

/** The encoder's input of a modality, by what was fitted, `[n, size]`. */
export async function applyInput(
  { frontEnd, reduction: { transform, factor } }: DmimInput,
  modality: Modality,
): Promise<DenseMatrix<Float32Array>> {
  const features = frontEnd === undefined ? modality.features : await applyFrontEnd(frontEnd, modality);
  return scaled(transform.apply(features, presenceOf(modality)), factor);
}

function scaled(matrix: DenseMatrix<Float32Array>, factor: number): DenseMatrix<Float32Array> {
  if (factor === 1) return matrix;
  return { ...matrix, values: matrix.values.map((value) => value * factor) };
}

function samplesOf(
  modality: Modality,
  { rows, columns, values }: DenseMatrix<Float32Array>,
  weight: number,
): DmimSamples {
  return {
    name: modality.name,
    x: { shape: [rows, columns], values },
    present: presenceOf(modality),
    weight,
  };
}

/** What preparations have in common: how new samples come to the network. */
export const appliedInputs: Pick<Preparation<DmimTypes>, 'schema' | 'apply' | 'inputs'> = {
  schema: preparedSchema,
  async apply({ inputs, weights }, modalities) {
    const samples: DmimSamples[] = [];
    for (const [v, modality] of modalities.entries()) {
      const weight = weights[v]!;
      if (weight > 0) samples.push(samplesOf(modality, await applyInput(inputs[v]!, modality), weight));
    }
    return samples;
  },
  inputs: ({ inputs }) => inputs.map(({ frontEnd, reduction }) => frontEnd?.input ?? reduction),
};
