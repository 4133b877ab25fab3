import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { joinedLatents, type LatentRows, type Reader, type ReaderContext } from '@crossmodal/method';
import { chunkedForward, readValues, type tf } from '@crossmodal/tensors';
import type { SelfExpressiveLayer } from '@crossmodal/self-expressive';
import type { ModalitySamples, SubspaceTypes } from './subspace-types.js';

/** Latents of a batch, one, or several per modality, level after level. */
export type Encode<M extends SubspaceTypes> = (
  network: M['network'],
  inputs: readonly tf.Tensor[],
) => readonly tf.Tensor[];

/**
 * Makes the reader of a network of self-expressive latents.
 *
 * @param encode - what S represents. @defaultValue the latents of the network
 */
export function fusionReader<M extends SubspaceTypes>(
  { network, helpers, where }: Pick<ReaderContext<M, never>, 'network' | 'helpers' | 'where'>,
  encode: Encode<M> = (own, inputs) => own.encode(inputs, { training: false }),
): Reader<M> {
  const forward = chunkedForward({
    where,
    forward: (inputs: readonly tf.Tensor[]) => encode(network, inputs),
  });
  return {
    async read(samples: readonly ModalitySamples[], signal?: AbortSignal): Promise<M['seen']> {
      const encoded = await forward.run(
        samples.map(({ x }) => x),
        signal,
      );
      const latents = encoded.map((features, l): LatentRows => {
        // A single latent of several modalities has all rows.
        const own = encoded.length % samples.length === 0;
        return { features, present: own ? samples[l % samples.length]!.present : undefined };
      });
      const layer = helpers?.layer;
      return {
        latents,
        get embedding() {
          return joinedLatents(latents);
        },
        coefficients: layer && (() => trainedCoefficients(layer)),
      };
    },
    dispose: () => forward.dispose(),
  };
}

/** S of a layer without its diagonal, shape `[n, n]`. */
function trainedCoefficients(layer: SelfExpressiveLayer): DenseMatrix<Float32Array> {
  const [n] = layer.variable.shape;
  return denseMatrix(Float32Array.from(readValues(() => layer.coefficients())), n, n);
}
