import type { DenseMatrix, SampleArray } from '@crossmodal/core';
import type { Fusion } from '@crossmodal/fusion';
import { chunkedForward } from '@crossmodal/tensors';

/** Encodes any number of samples, compiled once. */
export interface LatentEncoder {
  /**
   * Latents of all samples, `[n, q]` each: one, or one a modality with affinity fusion.
   *
   * @throws CrossmodalError `aborted` when the signal fires.
   */
  encode(samples: readonly SampleArray[], signal?: AbortSignal): Promise<DenseMatrix<Float32Array>[]>;
  /** Frees what compilation holds; the network stays. */
  dispose(): void;
}

/**
 * Makes the encoder of a network; it sees the weights as they are at each call.
 *
 * @param where - the method, for errors
 */
export function latentEncoder(where: string, network: Fusion): LatentEncoder {
  const forward = chunkedForward({
    where,
    forward(inputs) {
      const latents = network.encode(
        network.inputShapes.map((_, v) => inputs[`x${v}`]!),
        { training: false },
      );
      return Object.fromEntries(latents.map((latent, l) => [`z${l}`, latent]));
    },
  });
  return {
    async encode(samples, signal) {
      const inputs = Object.fromEntries(samples.map((sample, v) => [`x${v}`, sample]));
      const latents = await forward.run(inputs, signal);
      return network.latentSizes.map((_, l) => latents[`z${l}`]!);
    },
    dispose: () => forward.dispose(),
  };
}
