import { presenceOf } from '@crossmodal/assembly';
import { denseMatrix, type DenseMatrix, type HistoryEntry } from '@crossmodal/core';
import {
  coefficientNorm,
  objective,
  reconstruction,
  selfExpression,
  type LossTerm,
} from '@crossmodal/losses';
import { SelfExpressiveLayer } from '@crossmodal/self-expressive';
import { tf, type TensorRecord } from '@crossmodal/tensors';
import { adam, trainFullBatch, trainingStep, type LoopOptions } from '@crossmodal/training';
import type { CompletePaperOptions } from './paper-rules.js';
import type { History, TrainingContext } from './training-context.js';

/** The outcome of {@link trainJointly}. */
export interface JointTraining {
  readonly history: History;
  /** S without its diagonal, shape `[n, n]`. */
  readonly coefficients: DenseMatrix<Float32Array>;
}

/**
 * Trains as the paper does: full-batch steps on reconstruction, then on encoders, coefficients and decoders together, with
 * `sum_v w_v ||X_v - Xhat_v||^2 + lambda_1 ||S||^2 + lambda_2 sum_v w_v / 2 ||Z_v - S Z_v||^2`, sums over samples and features, where the decoders see
 * `S Z` and S has no diagonal. With spatial fusion the one latent has the weight 1/2.
 *
 * The paper's code pre-trains through a free matrix of coefficients with a diagonal, which may become the identity; here decoders see Z then.
 *
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018
 */
export async function trainJointly(
  context: TrainingContext,
  options: CompletePaperOptions,
): Promise<JointTraining> {
  const { network, samples, modalities, signal, onProgress } = context;
  const n = samples[0]!.shape[0]!;
  const { modalityWeights } = options;
  const masks = modalities.map((modality) => presenceOf(modality));
  const inputs: Record<string, tf.Tensor> = {};
  samples.forEach(({ shape, values }, v) => {
    inputs[`x${v}`] = tf.tensor(values, [...shape]);
    const mask = masks[v];
    if (mask === undefined) return;
    inputs[`m${v}`] = tf.tensor(Float32Array.from(mask), [n, ...shape.slice(1).map(() => 1)]);
    inputs[`r${v}`] = tf.tensor(Float32Array.from(mask), [n, 1]);
  });
  const layer = new SelfExpressiveLayer({ samples: n });
  const only = (x: tf.Tensor, mask: tf.Tensor | undefined) => (mask === undefined ? x : tf.mul(x, mask));
  const rebuilt = (given: TensorRecord, decoded: readonly tf.Tensor[]): LossTerm[] =>
    decoded.map((xhat, v) => ({
      name: `reconstruction ${modalities[v]!.name}`,
      weight: modalityWeights[v]!,
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
  const pretraining = trainingStep({
    groups: [{ modules: [network], optimiser: adam() }],
    objective: (given) => objective(rebuilt(given, network.decode(encode(given), { training: true }))),
  });
  const training = trainingStep({
    groups: [{ modules: [network, layer], optimiser: adam() }],
    objective(given) {
      const latents = encode(given);
      const represented = latents.map((latent) => layer.apply(latent));
      const expressed = latents.map((latent, l): LossTerm => {
        const weight = options.fusion === 'affinity' ? modalityWeights[l]! / 2 : 0.5;
        return {
          name: latents.length === 1 ? 'self-expression' : `self-expression ${modalities[l]!.name}`,
          weight: options.selfExpressionWeight * weight,
          value: () =>
            selfExpression(latent, only(represented[l]!, latents.length === 1 ? undefined : given[`r${l}`])),
        };
      });
      return objective([
        ...rebuilt(given, network.decode(represented, { training: true })),
        {
          name: 'coefficients',
          weight: options.coefficientWeight,
          value: () => coefficientNorm(layer.coefficients()),
        },
        ...expressed,
      ]);
    },
  });
  try {
    const before = await trainFullBatch({
      ...loop('pretrain', options.pretrainSteps),
      training: pretraining,
      inputs,
      checkpoint: { modules: [network, pretraining] },
    });
    history.push(...before.history);
    const after = await trainFullBatch({
      ...loop('train', options.steps),
      training,
      inputs,
      checkpoint: { modules: [network, layer, training] },
    });
    history.push(...after.history);
    const kept = tf.tidy(() => layer.coefficients());
    const values = (await kept.data()) as Float32Array;
    kept.dispose();
    return { history, coefficients: denseMatrix(values.slice(), n, n) };
  } finally {
    pretraining.dispose();
    training.dispose();
    layer.dispose();
    tf.dispose(inputs);
  }
}
