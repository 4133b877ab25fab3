import { denseMatrix, throwIfAborted, type DenseMatrix } from '@crossmodal/core';
import type { Fusion } from '@crossmodal/fusion';
import { compile, tf } from '@crossmodal/tensors';
import { yieldToEvents, type SampleArray } from '@crossmodal/training';

/** Samples a pass: bounds the memory of feature maps. */
const CHUNK = 256;

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

/** Makes the encoder of a network; it sees the weights as they are at each call. */
export function latentEncoder(network: Fusion): LatentEncoder {
  const step = compile((inputs) => {
    const latents = network.encode(
      network.inputShapes.map((_, v) => inputs[`x${v}`]!),
      { training: false },
    );
    return Object.fromEntries(latents.map((latent, l) => [`z${l}`, latent]));
  });
  return {
    async encode(samples, signal) {
      const n = samples[0]!.shape[0]!;
      const size = Math.min(CHUNK, n);
      const outputs = network.latentSizes.map((width) => new Float32Array(n * width));
      for (let next = 0; next < n; next += size) {
        throwIfAborted(signal, 'dmsc');
        // The last pass goes back to full size, so that all passes share one compilation.
        const start = Math.min(next, n - size);
        const inputs = chunk(samples, start, size);
        try {
          const latents = await step.run(inputs);
          outputs.forEach((output, l) => output.set(latents[`z${l}`]!, start * network.latentSizes[l]!));
        } finally {
          tf.dispose(inputs);
        }
        await yieldToEvents();
      }
      return outputs.map((values, l) => denseMatrix(values, n, network.latentSizes[l]!));
    },
    dispose: () => step.dispose(),
  };
}

function chunk(samples: readonly SampleArray[], start: number, size: number): Record<string, tf.Tensor> {
  const inputs: Record<string, tf.Tensor> = {};
  samples.forEach(({ shape, values }, v) => {
    const width = values.length / shape[0]!;
    inputs[`x${v}`] = tf.tensor(values.slice(start * width, (start + size) * width), [
      size,
      ...shape.slice(1),
    ]);
  });
  return inputs;
}
