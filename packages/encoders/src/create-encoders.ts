import type { RandomSource } from '@crossmodal/core';
import { checkEncoderCount } from './check-encoder-count.js';
import { createOwnEncoder } from './create-own-encoder.js';
import type { EncoderPart } from './encoder-part.js';
import { disposeOnError } from './layers/dispose-on-error.js';
import type { Encoder } from './layers/layer.js';

/** Options of {@link createEncoders}. */
export interface EncodersOptions {
  /** The method, for errors. */
  readonly where: string;
  /** One sample of each modality: `[d]`, or `[height, width, channels]`. */
  readonly shapes: readonly (readonly number[])[];
  /** Encoders of the caller's own, by modality; undefined keeps the method's. @defaultValue none */
  readonly own?: readonly (EncoderPart | undefined)[] | undefined;
  /** Features of every latent. */
  readonly latentSize: number;
  /** Creates the method's encoder of modality v. */
  readonly create: (shape: readonly number[], v: number) => Encoder;
  /** Streams of own encoders are forked from it. */
  readonly random: RandomSource;
}

/**
 * Creates one encoder per modality, the method's or the caller's own; a decoder that comes with the latter is freed.
 *
 * @throws CrossmodalError `option` when there are more own encoders than modalities; `shape` when one does not fit.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const random = randomSource(1);
 * const layers = [{ units: 4, activation: 'linear' as const }];
 * const create = ([inputSize = 0]: readonly number[]) => mlp({ inputSize, layers, random });
 * const encoders = createEncoders({ where: 'mine', shapes: [[5], [3]], latentSize: 4, create, random });
 * console.log(encoders.map(({ inputShape }) => inputShape)); // [[5], [3]]
 * for (const encoder of encoders) encoder.dispose();
 * ```
 */
export function createEncoders({
  where,
  shapes,
  own = [],
  latentSize,
  create,
  random,
}: EncodersOptions): readonly Encoder[] {
  checkEncoderCount(where, own, shapes.length);
  return disposeOnError((made: Encoder[]) => {
    for (const [v, shape] of shapes.entries()) {
      const part = own[v];
      if (part === undefined) {
        made.push(create(shape, v));
        continue;
      }
      const { encoder, decoder } = createOwnEncoder(part, { modality: v, shape, latentSize, random });
      decoder?.dispose();
      made.push(encoder);
    }
    return made;
  });
}
