import type { ModelArrays } from '@crossmodal/io';
import type { Module } from '@crossmodal/tensors';
import { unpackWeights } from './pack-weights.js';

/**
 * Makes a network and puts saved weights into it; a network that they do not fit is disposed of.
 *
 * @param where - the public function that loads, for the error
 * @param build - makes a network of the saved form
 * @throws CrossmodalError `format` when an array is missing, or the network has other variables.
 */
export function unpackNetwork<N extends Pick<Module, 'variables' | 'dispose'>>(
  where: string,
  build: () => N,
  shapes: readonly (readonly number[])[],
  arrays: ModelArrays,
): N {
  const network = build();
  try {
    unpackWeights(where, network, shapes, arrays);
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}
