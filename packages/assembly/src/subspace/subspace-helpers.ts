import { SelfExpressiveLayer } from '@crossmodal/self-expressive';
import type { FitHelpers } from '../fit/fit-network.js';
import type { LatentEncoder } from './latent-encoder.js';

/** What the fit of self-expressive latents needs beside the network. */
export interface SubspaceHelpers extends FitHelpers {
  /** Encodes all samples. */
  readonly encoder: LatentEncoder;
  /** S, where it is trained. */
  readonly layer?: SelfExpressiveLayer | undefined;
}

/**
 * Joins them, for `fitNetwork`.
 *
 * @param samples - how many S represents by each other; left out where S is not trained
 */
export function subspaceHelpers(encoder: LatentEncoder, samples?: number): SubspaceHelpers {
  const layer = samples === undefined ? undefined : new SelfExpressiveLayer({ samples });
  return {
    encoder,
    layer,
    variables: layer?.variables ?? [],
    dispose() {
      encoder.dispose();
      layer?.dispose();
    },
  };
}
