import { denseMatrix, throwIfAborted, type DenseMatrix } from '@crossmodal/core';
import type { Fusion } from '@crossmodal/fusion';
import { tf, toMatrix } from '@crossmodal/tensors';
import { yieldToEvents, type SampleArray } from '@crossmodal/training';

/** Samples a pass: bounds the memory of feature maps. */
const CHUNK = 256;

/**
 * Latents of all samples, `[n, q]` each: one, or one a modality with affinity fusion.
 *
 * @throws CrossmodalError `aborted` when the signal fires.
 */
export async function encodeLatents(
  network: Fusion,
  samples: readonly SampleArray[],
  signal?: AbortSignal,
): Promise<DenseMatrix<Float32Array>[]> {
  const n = samples[0]!.shape[0]!;
  const outputs = network.latentSizes.map((size) => new Float32Array(n * size));
  for (let start = 0; start < n; start += CHUNK) {
    throwIfAborted(signal, 'dmsc');
    const count = Math.min(CHUNK, n - start);
    const latents = tf.tidy(() =>
      network.encode(
        samples.map(({ shape, values }) => {
          const width = values.length / n;
          return tf.tensor(values.slice(start * width, (start + count) * width), [count, ...shape.slice(1)]);
        }),
        { training: false },
      ),
    );
    for (const [l, latent] of latents.entries()) {
      outputs[l]!.set((await toMatrix(latent)).values, start * network.latentSizes[l]!);
    }
    tf.dispose(latents);
    await yieldToEvents();
  }
  return outputs.map((values, l) => denseMatrix(values, n, network.latentSizes[l]!));
}
