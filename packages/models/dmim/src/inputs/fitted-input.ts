import { sampleShape, type DenseMatrix, type Modality } from '@crossmodal/core';
import type { FrontEndFeatures } from '@crossmodal/encoders';
import type { PreparedData } from '@crossmodal/method';
import { modalityPairs, type ModalityWeights, type NearestNeighbours } from '@crossmodal/self-expressive';
import type { DmimInput, DmimTypes } from '../types.js';
import { samplesOf, scaled } from './dmim-input.js';
import type { Reduced } from './reductions.js';

/** A modality that is fitted, with its inputs to the encoder. */
export interface FittedInput {
  readonly input: DmimInput;
  /** Shape `[n, size]`; absent rows are zero. */
  readonly features: DenseMatrix<Float32Array>;
}

/** How a modality comes to the encoder: through a front end, if there is one, a reduction, and a factor. */
export function fittedInput(
  modality: Modality,
  { transform, plain }: Reduced,
  { factor = 1, first }: { readonly factor?: number; readonly first?: FrontEndFeatures | undefined } = {},
): FittedInput {
  const shape = first === undefined ? sampleShape(modality) : [first.features.columns];
  return {
    input: {
      ...(first && { frontEnd: first.frontEnd }),
      reduction: { name: modality.name, shape, transform, factor },
      size: plain.columns,
    },
    features: scaled(plain, factor),
  };
}

/** What a fit goes on with: modalities of weight 0 are left out of the network. */
export function preparedData(
  modalities: readonly Modality[],
  fitted: readonly FittedInput[],
  weights: ModalityWeights,
  neighbours?: readonly NearestNeighbours[],
): PreparedData<DmimTypes> {
  const active = modalities.flatMap((_, v) => (weights.modalities[v]! > 0 ? [v] : []));
  const pairs = modalityPairs(modalities.length).flatMap(([u, v], p) => {
    const weight = weights.pairs[p]!;
    return weight > 0 ? [{ first: active.indexOf(u), second: active.indexOf(v), weight }] : [];
  });
  return {
    prepared: { inputs: fitted.map(({ input }) => input), weights: weights.modalities },
    samples: active.map((v) => samplesOf(modalities[v]!, fitted[v]!.features, weights.modalities[v]!)),
    structure: { pairs, neighbours: neighbours && active.map((v) => neighbours[v]!) },
  };
}
