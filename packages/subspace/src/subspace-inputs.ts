import {
  fitNetworkInput,
  networkInputSchema,
  networkSamples,
  type InputScale,
  type NetworkInput,
} from '@crossmodal/transforms';
import { presenceOf, type Modality } from '@crossmodal/core';
import type { Preparation } from '@crossmodal/method';
import * as z from 'zod';
import type { ModalitySamples, SubspaceTypes } from './subspace-types.js';

/**
 * Scales modalities for a network.
 *
 * @param scale - `unit`: images in [0, 1], vectors of unit variance; `pixels`: everything in 0..255
 */
export function subspaceInputs<M extends SubspaceTypes>(scale: InputScale): Preparation<M> {
  const apply = (inputs: readonly NetworkInput[], modalities: readonly Modality[]): ModalitySamples[] =>
    inputs.map((input, v) => {
      const modality = modalities[v]!;
      return {
        name: input.name,
        x: networkSamples(input, modality.features, modality.present),
        present: presenceOf(modality),
      };
    });
  return {
    schema: z.array(networkInputSchema).min(1),
    fit(modalities) {
      const prepared = modalities.map((modality) => fitNetworkInput(modality, scale));
      return { prepared, samples: apply(prepared, modalities), structure: undefined };
    },
    apply,
    inputs: (prepared) => prepared,
  };
}
