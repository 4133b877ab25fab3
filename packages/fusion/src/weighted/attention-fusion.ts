import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import {
  mlp,
  sameShape,
  type ActivationName,
  type DenseLayerOptions,
  type Initialiser,
  type InitialiserName,
} from '@crossmodal/encoders';
import { checkCount, tf, type ApplyContext, type Module } from '@crossmodal/tensors';
import { checkMasks, type ModalityMasks } from './check-masks.js';

/** Learns how much each modality counts. */
export interface AttentionFusion extends Module {
  /** Sizes `q` of the latents it takes, one a modality. */
  readonly latentSizes: readonly number[];
  /** Calibration factor tau. */
  readonly temperature: number;
  /**
   * Weights of the modalities for each sample, Eq. 1-3: `e = softmax(sigmoid(FCs([h^1, ..., h^V])) / tau)`, shape `[n, V]`, rows sum to 1.
   *
   * @param masks - latents that a sample lacks are read as zeros; by default none is lacking
   * @throws CrossmodalError `shape` when the number of latents or one of their sizes differs, or masks do not fit.
   */
  scores(latents: readonly tf.Tensor[], context: ApplyContext, masks?: ModalityMasks): tf.Tensor2D;
  /**
   * Weights of the modalities for the batch, Eq. 4: the mean of {@link AttentionFusion.scores} over its samples, shape `[V]`, sum 1.
   *
   * @param masks - the mean of each modality is over the samples that have it, and the means are scaled to sum 1; a modality that no sample has
   * gets no weight. By default all samples have all.
   * @throws CrossmodalError as {@link AttentionFusion.scores}.
   */
  weights(latents: readonly tf.Tensor[], context: ApplyContext, masks?: ModalityMasks): tf.Tensor1D;
}

/** Least sum of the weights: keeps a batch without any modality from 0 / 0. */
const WEIGHT_FLOOR = 1e-12;

/** What {@link attentionFusion} takes. */
export interface AttentionFusionOptions {
  /** Sizes of the latents, one a modality. */
  readonly latentSizes: readonly number[];
  /** Units of the dense layers before the last, which has one unit a modality. @defaultValue [100, 50] */
  readonly hidden?: readonly number[];
  /** Between the dense layers; the public code has none. @defaultValue 'linear' */
  readonly activation?: ActivationName;
  /**
   * Calibration factor tau, above 0. A sigmoid lies in (0, 1), so no two weights differ by more than the factor `exp(1 / tau)`.
   *
   * @defaultValue 10
   */
  readonly temperature?: number;
  /** Start of the weights. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Decides the start values; a draw advances it. */
  readonly random: RandomSource;
}

/**
 * Attention over modalities: three dense layers on the concatenated latents, a sigmoid, division by tau, softmax, and the mean over the batch.
 *
 * @throws CrossmodalError `option` when the temperature is not above 0 or there is no modality.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, Eq. 1-4
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { tf } from '@crossmodal/tensors';
 * const attention = attentionFusion({ latentSizes: [3, 3], temperature: 0.5, random: randomSource(1) });
 * const latents = [tf.ones([4, 3]), tf.zeros([4, 3])];
 * const weights = attention.weights(latents, { training: false }); // two, sum 1
 * const fused = weightedSum(latents, weights); // [4, 3]
 * tf.dispose([latents, weights, fused]);
 * attention.dispose();
 * ```
 */
export function attentionFusion(options: AttentionFusionOptions): AttentionFusion {
  const { latentSizes, hidden = [100, 50], activation = 'linear', temperature = 10 } = options;
  const { initialiser = 'heNormal', random } = options;
  if (!(temperature > 0)) refuse('temperature', 'a number above 0', String(temperature));
  if (latentSizes.length === 0) refuse('latentSizes', 'one modality at least', 'none');
  const layers: DenseLayerOptions[] = hidden.map((units) => ({ units, activation }));
  layers.push({ units: latentSizes.length, activation: 'linear' });
  const inputSize = latentSizes.reduce((sum, size) => sum + size, 0);
  const network = mlp({ inputSize, layers, initialiser, random });

  const scores: AttentionFusion['scores'] = (latents, context, masks = []) => {
    checkLatents(latentSizes, latents);
    checkMasks('attentionFusion', latents, masks);
    return tf.tidy(() => {
      const known = latents.map((latent, v) => (masks[v] === undefined ? latent : tf.mul(latent, masks[v])));
      const activations = network.apply(tf.concat(known, 1), context);
      return tf.softmax(tf.div(tf.sigmoid(activations), temperature)) as tf.Tensor2D;
    });
  };
  return {
    latentSizes,
    temperature,
    trainable: network.trainable,
    variables: network.variables,
    scores,
    weights: (latents, context, masks = []) =>
      tf.tidy(() => {
        const rates = scores(latents, context, masks);
        if (masks.every((mask) => mask === undefined)) return tf.mean(rates, 0) as tf.Tensor1D;
        return maskedWeights(rates, masks);
      }),
    dispose: () => network.dispose(),
  };
}

/** Mean of each column `[n, V]` over the samples that have the modality, scaled to sum 1. */
function maskedWeights(rates: tf.Tensor2D, masks: ModalityMasks): tf.Tensor1D {
  const [n, modalities] = rates.shape;
  const columns = Array.from({ length: modalities }, (_, v) => masks[v] ?? tf.ones([n, 1]));
  const held = tf.concat(columns, 1);
  const means = tf.div(tf.sum(tf.mul(rates, held), 0), tf.maximum(tf.sum(held, 0), 1));
  return tf.div(means, tf.maximum(tf.sum(means), WEIGHT_FLOOR)) as tf.Tensor1D;
}

function checkLatents(sizes: readonly number[], latents: readonly tf.Tensor[]): void {
  checkCount('attentionFusion', 'latents', sizes.length, latents.length);
  latents.forEach(({ shape }, v) => {
    if (sameShape(shape.slice(1), [sizes[v]!])) return;
    throw new CrossmodalError({
      code: 'shape',
      where: `attentionFusion, latent ${v}`,
      expected: `[n, ${sizes[v]}]`,
      received: `[${shape.join(', ')}]`,
    });
  });
}

function refuse(option: string, expected: string, received: string): never {
  throw new CrossmodalError({
    code: 'option',
    where: `attentionFusion option '${option}'`,
    expected,
    received,
  });
}
