import { sequential, type Decoder, type Encoder } from '@crossmodal/encoders';
import type { Fusion } from '../fusion.js';
import type { FusionFunction } from './fusion-function.js';
import { spatialFusion } from './spatial-fusion.js';

/** What {@link earlyFusion} takes. */
export interface EarlyFusionOptions {
  /** Shape of one sample of each modality, without the batch. */
  readonly inputShapes: readonly (readonly number[])[];
  /** How the branches become one. */
  readonly function: FusionFunction;
  /** Takes the merged inputs; of shape `fusedShape(inputShapes, function)`. */
  readonly encoder: Encoder;
  /** One a modality, from the encoder's output laid out as `[n, q]`. */
  readonly decoders: readonly Decoder[];
}

/**
 * Early fusion: inputs are merged, pixel by pixel or feature by feature, before the one encoder.
 *
 * @throws CrossmodalError `shape` when the inputs cannot be merged, or the encoder or a decoder does not fit.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018, early fusion
 */
export function earlyFusion({ inputShapes, function: name, encoder, decoders }: EarlyFusionOptions): Fusion {
  const children = inputShapes.map((shape, modality) => ({ modality, layer: sequential(shape, []) }));
  return spatialFusion({ kind: 'early', tree: { function: name, children, layer: encoder }, decoders });
}
