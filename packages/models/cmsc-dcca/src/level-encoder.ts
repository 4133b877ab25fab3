import type { LatentEncoder } from '@crossmodal/assembly';
import { chunkedForward } from '@crossmodal/tensors';
import type { CmscDccaNetwork } from './network.js';

/**
 * Makes the encoder of what S represents: the latents, one a modality, and, when asked for, the features that the dense layers see behind them, in
 * the same order.
 */
export function levelEncoder(network: CmscDccaNetwork, withFeatures: boolean): LatentEncoder {
  const { fronts, heads } = network;
  const forward = chunkedForward({
    where: 'cmsc-dcca',
    forward(inputs) {
      const features = fronts.map((front, v) => front.apply(inputs[`x${v}`]!, { training: false }));
      const latents = heads.map((head, v) => head.apply(features[v]!, { training: false }));
      const levels = withFeatures ? [...latents, ...features] : latents;
      return Object.fromEntries(levels.map((level, l) => [`z${l}`, level]));
    },
  });
  return {
    async encode(samples, signal) {
      const inputs = Object.fromEntries(samples.map((sample, v) => [`x${v}`, sample]));
      const levels = await forward.run(inputs, signal);
      return Object.keys(levels).map((_, l) => levels[`z${l}`]!);
    },
    dispose: () => forward.dispose(),
  };
}

/** Whether S represents the features before the dense layers too. */
export function representsFeatures(
  resolved: { readonly preset: 'paper' } | { readonly preset: 'default'; readonly features: boolean },
): boolean {
  return resolved.preset === 'default' && resolved.features;
}
