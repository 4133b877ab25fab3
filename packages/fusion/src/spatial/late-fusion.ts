import { sequential, type Decoder, type Encoder } from '@crossmodal/encoders';
import type { Fusion } from '../fusion.js';
import { fusedShape, type FusionFunction } from './fusion-function.js';
import { spatialFusion } from './spatial-fusion.js';

/** What {@link lateFusion} takes. */
export interface LateFusionOptions {
  /** One a modality. */
  readonly encoders: readonly Encoder[];
  /** How the branches become one. */
  readonly function: FusionFunction;
  /** One a modality, from the merged outputs laid out as `[n, q]`. */
  readonly decoders: readonly Decoder[];
}

/**
 * Late fusion: each modality has a whole encoder of its own, and their outputs are merged.
 *
 * @throws CrossmodalError `shape` when the outputs cannot be merged, or a decoder does not fit.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018, late fusion
 */
export function lateFusion({ encoders, function: name, decoders }: LateFusionOptions): Fusion {
  const children = encoders.map((layer, modality) => ({ modality, layer }));
  const merged = fusedShape(
    encoders.map((encoder) => encoder.outputShape),
    name,
  );
  return spatialFusion({
    kind: 'late',
    tree: { function: name, children, layer: sequential(merged, []) },
    decoders,
  });
}
