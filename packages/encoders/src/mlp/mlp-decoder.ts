import type { RandomSource } from '@crossmodal/core';
import type { Initialiser } from '../initialisers/initialiser.js';
import type { InitialiserName } from '../initialisers/named-initialiser.js';
import type { ActivationName } from '../layers/activation.js';
import type { BlockOptions } from '../layers/block.js';
import type { Decoder } from '../layers/layer.js';
import { mlp, type DenseLayerOptions } from './mlp.js';

/** What {@link mlpDecoder} takes. */
export interface MlpDecoderOptions {
  /** Features that are to be decoded, `d`. */
  readonly inputSize: number;
  /** The encoder's layers, in the encoder's order. */
  readonly layers: readonly DenseLayerOptions[];
  /** Features of the latent. @defaultValue the units of the last layer */
  readonly latentSize?: number;
  /** @defaultValue 'linear' */
  readonly outputActivation?: ActivationName;
  /** Start of the weights. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Decides the start values; a draw advances it. */
  readonly random: RandomSource;
}

/**
 * The mirror of an {@link mlp}: `[n, latentSize]` back to `[n, d]`, each width of the encoder in reverse.
 *
 * A mirrored layer has the activation and batch normalisation of the encoder's layer of that width; the output has neither
 * but `outputActivation`.
 *
 * @throws CrossmodalError `option` when a size is not a positive integer or an activation is unknown.
 */
export function mlpDecoder(options: MlpDecoderOptions): Decoder {
  const { inputSize, layers, outputActivation = 'linear', initialiser = 'heNormal', random } = options;
  const { latentSize = layers.at(-1)?.units ?? inputSize } = options;
  const widths = layers.slice(0, -1).reverse();
  const output: DenseLayerOptions & BlockOptions = { units: inputSize, activation: outputActivation };
  const mirrored = layers.length === 0 && latentSize === inputSize ? [] : [...widths, output];
  return mlp({ inputSize: latentSize, layers: mirrored, initialiser, random });
}
