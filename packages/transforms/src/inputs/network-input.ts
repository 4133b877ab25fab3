import { sampleShape, type InputDescription, type Modality } from '@crossmodal/core';
import type { FittedTransform } from '../fitted/fitted-transform.js';
import { fitMinMax } from '../scaling/min-max.js';
import { fitSqc } from '../scaling/sqc.js';

/** How one modality enters a network. */
export interface NetworkInput extends InputDescription {
  /** Fitted on the rows that are present. */
  readonly transform: FittedTransform;
  /** Factor after the transform. */
  readonly factor: number;
}

/** What a network wants to see: `unit` images in [0, 1] and vectors of unit variance, or `pixels` in 0..255. */
export type InputScale = 'unit' | 'pixels';

/**
 * Decides, from the rows that are present, how a modality is scaled.
 *
 * `unit`: images by their smallest and largest value into [0, 1]; vectors by the signed root, unit rows, centring, unit rows, times
 * `d^(1/2)`. `pixels`: everything into [0, 255].
 */
export function fitNetworkInput(modality: Modality, scale: InputScale): NetworkInput {
  const { name, features, present } = modality;
  const shape = sampleShape(modality);
  if (scale === 'pixels' || modality.kind === 'images') {
    const transform = fitMinMax(features, { present });
    return { name, shape, transform, factor: scale === 'pixels' ? 255 : 1 };
  }
  // Rows of unit length have entries of about d^(-1/2).
  const factor = Math.sqrt(features.columns);
  return { name, shape, transform: fitSqc(features, { present }), factor };
}
