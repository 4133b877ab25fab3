import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import type { EncoderPart } from './encoder-part.js';
import { disposeOnError } from './layers/dispose-on-error.js';
import type { Decoder, Encoder, Layer } from './layers/layer.js';
import { batchShape, sameShape } from './layers/shapes.js';

/** What the encoder of an {@link EncoderPart} must fit. */
export interface OwnEncoderOptions {
  /** Number of the modality, for errors and for the random stream. */
  readonly modality: number;
  /** One sample: `[d]`, or `[height, width, channels]`. */
  readonly shape: readonly number[];
  /** Features of the latent, where a method asks for a number. @defaultValue any */
  readonly latentSize?: number;
  /** A stream is forked from it, so that nothing else that draws from it changes. */
  readonly random: RandomSource;
}

/**
 * Creates the encoder of a part, and its decoder when it brings one, and checks that they fit.
 *
 * @throws CrossmodalError `shape` when the encoder takes samples of another shape, or gives another latent than the method asks for.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const part: EncoderPart = {
 *   name: 'small',
 *   create: ({ shape, random }) => mlp({ inputSize: shape[0]!, layers: [{ units: 8 }], random }),
 * };
 * const { encoder } = createOwnEncoder(part, { modality: 0, shape: [20], latentSize: 8, random: randomSource(1) });
 * console.log(encoder.outputShape); // [8]
 * encoder.dispose();
 * ```
 */
export function createOwnEncoder(
  part: EncoderPart,
  { modality, shape, latentSize, random }: OwnEncoderOptions,
): { readonly encoder: Encoder; readonly decoder?: Decoder } {
  return disposeOnError((made: Layer[]) => {
    const created = part.create({ shape, random: random.fork(`encoder ${modality}`) });
    const pair = 'encoder' in created ? created : { encoder: created };
    made.push(...Object.values(pair));
    const { inputShape, outputShape } = pair.encoder;
    if (!sameShape(inputShape, shape)) refuse('an encoder of samples', shape, inputShape);
    if (latentSize !== undefined && !sameShape(outputShape, [latentSize]))
      refuse('a latent', [latentSize], outputShape);
    return pair;
  });

  function refuse(what: string, expected: readonly number[], received: readonly number[]): never {
    throw new CrossmodalError({
      code: 'shape',
      where: `encoder '${part.name}' of modality ${modality}`,
      expected: `${what} ${batchShape(expected)}`,
      received: `one of ${batchShape(received)}`,
      advice: 'Create it for the shape that it is given, with a latent of the size that the method takes.',
    });
  }
}
