import { SelfExpressiveLayer } from '@crossmodal/self-expressive';
import type { SubspaceHelpers } from './subspace-types.js';

/**
 * Creates S as a trained layer, beside a network of self-expressive latents.
 *
 * @param samples - how many S represents by each other
 */
export function selfExpressiveHelpers(samples: number): SubspaceHelpers {
  const layer = new SelfExpressiveLayer({ samples });
  return { layer, variables: layer.variables, dispose: () => layer.dispose() };
}
