import { weightedSum } from '@crossmodal/fusion';
import { tf, type ApplyContext } from '@crossmodal/tensors';
import { splitPartners } from '@crossmodal/training';
import type { EamcBatch } from '../types.js';
import type { EamcNetwork } from './eamc-network.js';
import type { EamcState } from './eamc-state.js';

/** How {@link forward} is applied. */
export interface ForwardContext extends Pick<ApplyContext, 'training'> {
  /** Whether the second half of the batch are the partners of the first. @defaultValue false */
  readonly partners?: boolean;
}

/** Keeps a row of zeros from a division by zero. */
const NORM_EPSILON = 1e-12;

/** The latents of a batch, one per modality, `[m, q]`. */
export function encode(
  network: Pick<EamcNetwork, 'encoders' | 'unitRows'>,
  { modalities }: EamcBatch,
  { training }: ApplyContext,
): tf.Tensor2D[] {
  return network.encoders.map((encoder, v) => {
    const { x, mask } = modalities[v]!;
    const latent = encoder.apply(x, { training, mask }) as tf.Tensor2D;
    return network.unitRows ? levelRows(latent) : latent;
  });
}

/** Rows `[n, q]` of the length `q^(1/2)`, so that their entries are of size 1. */
function levelRows(z: tf.Tensor2D): tf.Tensor2D {
  const norms = tf.sqrt(tf.add(tf.mean(tf.square(z), 1, true), NORM_EPSILON));
  return tf.div(z, norms);
}

/** Applies everything to a batch; in training the weights of the modalities are those of the batch. */
export function forward(
  network: EamcNetwork,
  batch: EamcBatch,
  { training, partners: paired = false }: ForwardContext,
): EamcState {
  const context = { training };
  const latents = encode(network, batch, context);
  const masks = batch.modalities.map(({ mask }) => mask);
  const weights =
    network.attention === undefined || !training
      ? (network.modalityWeights as tf.Tensor1D)
      : network.attention.weights(latents, context, masks);
  const sum = weightedSum(latents, weights, { masks }) as tf.Tensor2D;
  const fused = network.unitRows ? levelRows(sum) : sum;
  const hidden = network.hidden.apply(fused, context) as tf.Tensor2D;
  const assignments = tf.softmax(network.logits.apply(hidden, context)) as tf.Tensor2D;
  const partners = paired ? splitPartners(assignments) : undefined;
  let alone: readonly tf.Tensor2D[] | undefined;
  return {
    latents,
    masks,
    weights,
    fused,
    hidden,
    assignments,
    partners,
    get perModality() {
      // Those that a term computed within a scope of its own have been freed with it.
      if (alone === undefined || alone.some(({ isDisposed }) => isDisposed))
        alone = latents.map((latent) => assign(network, latent));
      return alone;
    },
  };
}

/** Soft assignment of latents by the head as it is; its running statistics stay those of the fused latents. */
function assign({ hidden, logits }: EamcNetwork, latent: tf.Tensor2D): tf.Tensor2D {
  const context = { training: false };
  return tf.softmax(logits.apply(hidden.apply(latent, context), context)) as tf.Tensor2D;
}
