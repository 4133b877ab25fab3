import { CrossmodalError } from '@crossmodal/core';
import type { ApplyContext, Module, tf } from '@crossmodal/tensors';
import type { Decoder, Encoder } from './layers/layer.js';
import { batchShape, sameShape } from './layers/shapes.js';
import { sequential } from './layers/sequential.js';

/** An encoder and the decoder that undoes it. */
export interface Autoencoder extends Module {
  /** From data to the latent. */
  readonly encoder: Encoder;
  /** From the latent to data. */
  readonly decoder: Decoder;
  /** `[n, ...input]` to the latent `[n, ...latent]`. */
  encode(x: tf.Tensor, context: ApplyContext): tf.Tensor;
  /** The latent `[n, ...latent]` to a reconstruction `[n, ...input]`. */
  decode(latent: tf.Tensor, context: ApplyContext): tf.Tensor;
  /** `decode(encode(x))`. */
  apply(x: tf.Tensor, context: ApplyContext): tf.Tensor;
}

/**
 * Joins an encoder and a decoder, and owns both.
 *
 * @throws CrossmodalError `shape` when the decoder does not take the encoder's latent, or does not give back the encoder's input.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const shape = { inputSize: 20, layers: [{ units: 5, activation: 'linear' }] } as const;
 * const random = randomSource(0);
 * const model = autoencoder({ encoder: mlp({ ...shape, random }), decoder: mlpDecoder({ ...shape, random }) });
 * model.dispose();
 * ```
 */
export function autoencoder({
  encoder,
  decoder,
}: {
  readonly encoder: Encoder;
  readonly decoder: Decoder;
}): Autoencoder {
  check('a decoder that takes the latent', encoder.outputShape, decoder.inputShape);
  check('a decoder that gives the input back', encoder.inputShape, decoder.outputShape);
  const both = sequential(encoder.inputShape, [encoder, decoder]);
  return {
    encoder,
    decoder,
    trainable: both.trainable,
    variables: both.variables,
    encode: (x, context) => encoder.apply(x, context),
    decode: (latent, context) => decoder.apply(latent, context),
    apply: (x, context) => both.apply(x, context),
    dispose: () => both.dispose(),
  };
}

function check(what: string, expected: readonly number[], received: readonly number[]): void {
  if (sameShape(expected, received)) return;
  throw new CrossmodalError({
    code: 'shape',
    where: 'autoencoder',
    expected: `${what}, ${batchShape(expected)}`,
    received: batchShape(received),
  });
}
