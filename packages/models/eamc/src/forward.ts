import { weightedSum } from '@crossmodal/fusion';
import { tf, type ApplyContext } from '@crossmodal/tensors';
import type { EamcNetwork } from './create-network.js';
import type { ModalityBatch } from './training-context.js';

/** What the network makes of a batch. */
export interface ForwardPass {
  /** One per modality, `[n, q]`; those of absent samples mean nothing. */
  readonly latents: readonly tf.Tensor2D[];
  /** Which samples have each modality, `[n, 1]`; undefined where all have it. */
  readonly masks: readonly (tf.Tensor | undefined)[];
  /** Weights of the modalities, `[V]`. */
  readonly weights: tf.Tensor1D;
  /** Weighted sum of the latents that a sample has, `[n, q]`. */
  readonly fused: tf.Tensor2D;
  /** Features of the cluster head, `[n, p]`. */
  readonly hidden: tf.Tensor2D;
  /** Soft assignment, `[n, k]`. */
  readonly assignments: tf.Tensor2D;
}

/** Keeps a row of zeros from a division by zero. */
const NORM_EPSILON = 1e-12;

/** The latents of a batch, one per modality. */
export function encode(
  network: EamcNetwork,
  batches: readonly ModalityBatch[],
  context: ApplyContext,
): tf.Tensor2D[] {
  return network.encoders.map((encoder, v) => {
    const { x, mask } = batches[v]!;
    const latent = encoder.apply(x, { ...context, mask }) as tf.Tensor2D;
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
  batches: readonly ModalityBatch[],
  context: ApplyContext,
): ForwardPass {
  const latents = encode(network, batches, context);
  const masks = batches.map(({ mask }) => mask);
  const weights =
    network.attention === undefined || !context.training
      ? (network.modalityWeights as tf.Tensor1D)
      : network.attention.weights(latents, context, masks);
  const sum = weightedSum(latents, weights, { masks }) as tf.Tensor2D;
  const fused = network.unitRows ? levelRows(sum) : sum;
  const hidden = network.hidden.apply(fused, context) as tf.Tensor2D;
  const assignments = tf.softmax(network.logits.apply(hidden, context)) as tf.Tensor2D;
  return { latents, masks, weights, fused, hidden, assignments };
}
