import type { HistoryEntry } from '@crossmodal/core';
import {
  coefficientNorm,
  objective,
  reconstruction,
  selfExpression,
  type LossTerm,
} from '@crossmodal/losses';
import { tf, type TensorRecord } from '@crossmodal/tensors';
import { adam, trainFullBatch, trainingStep, type LoopOptions } from '@crossmodal/training';
import { presenceOf } from '@crossmodal/core';
import type { FurtherTerms, SubspaceContext } from './subspace-context.js';

/** What {@link trainJointly} takes beside its context. */
export interface JointTrainingOptions {
  /** Full-batch steps on reconstruction alone; none without it. */
  readonly pretrainSteps: number;
  /** Full-batch steps on the whole objective. */
  readonly steps: number;
  /** Adam's rate, constant. */
  readonly learningRate: number;
  /** Weight a_v of each modality's reconstruction. */
  readonly reconstructionWeights: readonly number[];
  /** Weight b of the squared norm of the coefficients. */
  readonly coefficientWeight: number;
  /** Weight c_l of each latent's self-expression. */
  readonly selfExpressionWeights: readonly number[];
  /** Whether decoders take part. @defaultValue true */
  readonly reconstruct?: boolean;
  /** Other terms of the objective, after the pre-training. @defaultValue none */
  readonly further?: FurtherTerms;
}

/**
 * Trains as the papers do: full-batch steps on reconstruction, then on encoders, coefficients and decoders together, with
 * `sum_v a_v ||X_v - Xhat_v||^2 + b ||S||^2 + sum_l c_l ||Z_l - S Z_l||^2` and other terms, sums over samples and features, where the decoders see
 * `S Z` and S, the context's layer, has no diagonal; without a layer they see Z.
 *
 * DMSC's code pre-trains through a free matrix of coefficients with a diagonal, which may become the identity; here decoders see Z then.
 *
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018
 */
export async function trainJointly(
  context: SubspaceContext,
  options: JointTrainingOptions,
): Promise<readonly HistoryEntry[]> {
  const { network, layer, samples, modalities, signal, onProgress } = context;
  const n = samples[0]!.shape[0]!;
  const { reconstruct = true, further } = options;
  const layers = layer === undefined ? [] : [layer];
  const masks = modalities.map((modality) => presenceOf(modality));
  const inputs: Record<string, tf.Tensor> = {};
  samples.forEach(({ shape, values }, v) => {
    inputs[`x${v}`] = tf.tensor(values, [...shape]);
    const mask = masks[v];
    if (mask === undefined) return;
    inputs[`m${v}`] = tf.tensor(Float32Array.from(mask), [n, ...shape.slice(1).map(() => 1)]);
    inputs[`r${v}`] = tf.tensor(Float32Array.from(mask), [n, 1]);
  });
  const only = (x: tf.Tensor, mask: tf.Tensor | undefined) => (mask === undefined ? x : tf.mul(x, mask));
  const rebuilt = (given: TensorRecord, decoded: readonly tf.Tensor[]): LossTerm[] =>
    decoded.map((xhat, v) => ({
      name: `reconstruction ${modalities[v]!.name}`,
      weight: options.reconstructionWeights[v]!,
      value: () => reconstruction(given[`x${v}`]!, only(xhat, given[`m${v}`])),
    }));
  const encode = (given: TensorRecord) => {
    const latents = network.encode(
      samples.map((_, v) => given[`x${v}`]!),
      { training: true },
    );
    return latents.length === 1 ? latents : latents.map((latent, l) => only(latent, given[`r${l}`]));
  };
  const loop = (phase: string, steps: number): LoopOptions => ({
    phase,
    steps,
    schedule: options.learningRate,
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
  const history: HistoryEntry[] = [];
  const training = trainingStep({
    groups: [
      {
        modules: [reconstruct ? network : network.encoderPart, ...layers],
        optimiser: adam(),
      },
    ],
    objective(given) {
      const latents = encode(given);
      const masked = latents.map((_, l) => (latents.length === 1 ? undefined : given[`r${l}`]));
      const represented = layer === undefined ? latents : latents.map((latent) => layer.apply(latent));
      const expressed = latents.map((latent, l): LossTerm => ({
        name: latents.length === 1 ? 'self-expression' : `self-expression ${modalities[l]!.name}`,
        weight: options.selfExpressionWeights[l]!,
        value: () => selfExpression(latent, only(represented[l]!, masked[l])),
      }));
      const norms = layers.map((own): LossTerm => ({
        name: 'coefficients',
        weight: options.coefficientWeight,
        value: () => coefficientNorm(own.coefficients()),
      }));
      return objective([
        ...(reconstruct ? rebuilt(given, network.decode(represented, { training: true })) : []),
        ...(layer === undefined ? [] : [...norms, ...expressed]),
        ...(further?.({ latents: latents as tf.Tensor2D[], masks: masked }) ?? []),
      ]);
    },
  });
  const pretrain = async () => {
    const pretraining = trainingStep({
      groups: [{ modules: [network], optimiser: adam() }],
      objective: (given) => objective(rebuilt(given, network.decode(encode(given), { training: true }))),
    });
    try {
      const outcome = await trainFullBatch({
        ...loop('pretrain', options.pretrainSteps),
        training: pretraining,
        inputs,
        checkpoint: { modules: [network, pretraining] },
      });
      return outcome.history;
    } finally {
      pretraining.dispose();
    }
  };
  try {
    if (reconstruct) history.push(...(await pretrain()));
    const after = await trainFullBatch({
      ...loop('train', options.steps),
      training,
      inputs,
      checkpoint: { modules: [network, ...layers, training] },
    });
    history.push(...after.history);
    return history;
  } finally {
    training.dispose();
    tf.dispose(inputs);
  }
}
