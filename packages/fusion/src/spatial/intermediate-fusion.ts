import type { Decoder, Layer } from '@crossmodal/encoders';
import type { Fusion } from '../fusion.js';
import type { FusionFunction } from './fusion-function.js';
import { spatialFusion } from './spatial-fusion.js';

/** What {@link intermediateFusion} takes. */
export interface IntermediateFusionOptions {
  /** First layers of each modality. */
  readonly branches: readonly Layer[];
  /** How the branches become one. */
  readonly function: FusionFunction;
  /** Layers after the merge. */
  readonly trunk: Layer;
  /** One a modality, from the trunk's output laid out as `[n, q]`. */
  readonly decoders: readonly Decoder[];
}

/**
 * Intermediate fusion: each modality has first layers of its own, then all are merged, then layers follow that are shared.
 *
 * Modalities merged at different depths are a tree: see {@link spatialFusion}.
 *
 * @throws CrossmodalError `shape` when the features cannot be merged, or the trunk or a decoder does not fit.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018, intermediate fusion
 */
export function intermediateFusion({
  branches,
  function: name,
  trunk,
  decoders,
}: IntermediateFusionOptions): Fusion {
  const children = branches.map((layer, modality) => ({ modality, layer }));
  return spatialFusion({ kind: 'intermediate', tree: { function: name, children, layer: trunk }, decoders });
}
