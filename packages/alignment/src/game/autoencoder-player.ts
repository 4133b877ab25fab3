import type { Autoencoder } from '@crossmodal/encoders';
import { reconstruction, type Reduction, type TermPart } from '@crossmodal/losses';
import { tf } from '@crossmodal/tensors';
import { player, type AnyPlayer, type Optimiser, type Schedule } from '@crossmodal/training';

/** One modality of a batch, as its autoencoder gives it back. */
export interface RebuiltModality {
  readonly name: string;
  /** Inputs, shape `[n, ...shape]`. */
  readonly x: tf.Tensor;
  /** Latents, shape `[n, q]`. */
  readonly latent: tf.Tensor;
  /** Reconstructions, in the shape of the inputs. */
  readonly rebuilt: tf.Tensor;
}

/** What the terms of {@link autoencoderPlayer} see. */
export interface AutoencoderState {
  /** In the order of the modalities. */
  readonly modalities: readonly RebuiltModality[];
}

/** Options of {@link autoencoderPlayer}. */
export interface AutoencoderPlayerOptions<Batch> {
  /** One per modality. */
  readonly autoencoders: readonly Autoencoder[];
  /** Names of the modalities. */
  readonly names: readonly string[];
  /** Takes the inputs of each modality out of a batch. */
  readonly inputs: (batch: Batch) => readonly tf.Tensor[];
  /** The rule that changes encoders and decoders. */
  readonly optimiser: Optimiser;
  readonly encoderRate: Schedule | number;
  readonly decoderRate: Schedule | number;
  /** Weight of the term `reconstruction`. @defaultValue 1 */
  readonly weight?: number;
  /** How squared errors are reduced. @defaultValue 'sum' */
  readonly reduction?: Reduction;
  /** What the error of each modality is divided by, such as the variance of its values. @defaultValue 1 */
  readonly scales?: readonly number[];
}

/**
 * Autoencoders, one per modality, that make `sum_v ||X_v - Dec_v(Enc_v(X_v))||^2 / s_v` smaller; term `reconstruction`, one part per modality. The
 * player's name is `autoencoders`.
 *
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, Eq. 1 and Algorithm 1, line 4
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { autoencoder, dense } from '@crossmodal/encoders';
 * import type { tf } from '@crossmodal/tensors';
 * import { adam } from '@crossmodal/training';
 * const random = randomSource(0);
 * const model = autoencoder({
 *   encoder: dense({ inputSize: 6, units: 2, random }),
 *   decoder: dense({ inputSize: 2, units: 6, random }),
 * });
 * const mover = autoencoderPlayer({
 *   autoencoders: [model],
 *   names: ['texts'],
 *   inputs: (batch: readonly tf.Tensor[]) => batch,
 *   optimiser: adam(),
 *   encoderRate: 1e-3,
 *   decoderRate: 1e-3,
 * });
 * console.log(mover.terms[0]!.name); // reconstruction
 * model.dispose();
 * ```
 */
export function autoencoderPlayer<Batch>(options: AutoencoderPlayerOptions<Batch>): AnyPlayer<Batch> {
  const { autoencoders, names, inputs, optimiser, encoderRate, decoderRate } = options;
  const { weight = 1, reduction = 'sum', scales } = options;
  const context = { training: true };
  return player<Batch, AutoencoderState>({
    name: 'autoencoders',
    groups: [
      { modules: autoencoders.map(({ encoder }) => encoder), optimiser, rate: encoderRate },
      { modules: autoencoders.map(({ decoder }) => decoder), optimiser, rate: decoderRate },
    ],
    forward(batch) {
      const given = inputs(batch);
      const modalities = autoencoders.map((model, v): RebuiltModality => {
        const x = given[v]!;
        const latent = model.encode(x, context);
        return { name: names[v]!, x, latent, rebuilt: model.decode(latent, context) };
      });
      return { modalities };
    },
    terms: [
      {
        name: 'reconstruction',
        weight,
        value: ({ modalities }) =>
          modalities.map(({ name, x, rebuilt }, v): TermPart => {
            const error = () => reconstruction(x, rebuilt, { reduction });
            const scale = scales?.[v];
            return {
              name,
              value: () => (scale === undefined ? error() : (tf.div(error(), scale) as tf.Scalar)),
            };
          }),
      },
    ],
  });
}
