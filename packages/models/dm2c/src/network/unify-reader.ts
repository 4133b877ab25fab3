import { stackRows } from '@crossmodal/alignment';
import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import type { Reader, ReaderContext } from '@crossmodal/method';
import { chunkedForward, type tf } from '@crossmodal/tensors';
import type { Dm2cTypes } from '../types.js';

/** Reads the latents of every modality, in the anchor's space where asked; a modality may have no rows. */
export function unifyReader({
  network: { autoencoders, mapping },
  prepared: { anchor, informative, latentSize, suits },
  options: { unify },
  where,
}: ReaderContext<Dm2cTypes, { readonly unify: boolean }>): Reader<Dm2cTypes> {
  const context = { training: false };
  const passes = autoencoders.map((model, v) =>
    chunkedForward({
      where,
      forward: ({ x }: { readonly x: tf.Tensor }) => {
        const z = model.encode(x, context);
        return { z: unify ? mapping.translate(z, v, anchor, context) : z };
      },
    }),
  );
  return {
    async read(samples, signal) {
      const latents: DenseMatrix<Float32Array>[] = [];
      for (const [v, { x }] of samples.entries()) {
        const none = x.shape[0] === 0;
        latents.push(
          none ? denseMatrix(new Float32Array(0), 0, latentSize) : (await passes[v]!.run({ x }, signal)).z,
        );
      }
      return { latents, embedding: stackRows(latents), anchor, informative, suits };
    },
    dispose() {
      for (const pass of passes) pass.dispose();
    },
  };
}
