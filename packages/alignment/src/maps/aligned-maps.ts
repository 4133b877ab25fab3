import type { LinearMap } from '../linear-maps/linear-map.js';
import type { MapPair } from '../linear-maps/map-pair.js';

/** Closed-form maps that bring modalities together without pairs: autoencoders of each, and the ways between their latent spaces. */
export interface AlignedMaps {
  /** One per modality, features `[n, d_v]` to latents `[n, q]`. */
  readonly encoders: readonly LinearMap[];
  /** One per modality, latents `[n, q]` to features `[n, d_v]`. */
  readonly decoders: readonly LinearMap[];
  /** For each modality but the anchor, ascending: its latents to those of the anchor, and back. */
  readonly maps: readonly MapPair[];
}
