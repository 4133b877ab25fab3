import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { createVariable, disposeVariables } from '../create-variable.js';
import type { Layer } from '../layer.js';
import { checkBatch, checkSize } from '../shapes.js';
import { maskedMoments } from './masked-moments.js';
import { batchMoments, normaliseBatch } from './normalise-batch.js';

/** What {@link batchNorm} takes. */
export interface BatchNormOptions {
  /** Shape of one sample, without the batch; statistics are kept for each value of the last axis. */
  readonly inputShape: readonly number[];
  /** Share of the old running statistics kept at each training step, in `[0, 1)`. @defaultValue 0.9 */
  readonly momentum?: number;
  /** Added to the variance, above 0, so that a constant channel does not divide by zero. @defaultValue 1e-5 */
  readonly epsilon?: number;
  /** Whether a scale and an offset are learned. @defaultValue true */
  readonly affine?: boolean;
}

/**
 * Batch normalisation over every axis but the last: `y = scale (x - mean) / sqrt(variance + epsilon) + offset`.
 *
 * Training uses the batch's statistics and moves the running ones, `running = momentum running + (1 - momentum) batch`
 * (the unbiased variance, as inference needs); inference uses the running ones. Running statistics start at mean 0, variance 1.
 *
 * Rows that the context's mask leaves out take no part in the statistics, and a batch without any present row does not move the running ones.
 *
 * @throws CrossmodalError `option` when the momentum or epsilon is out of range; `shape` when applied to a batch or mask of another shape.
 * @see Ioffe and Szegedy, Batch Normalization, ICML 2015, Algorithms 1 and 2
 */
export function batchNorm({
  inputShape,
  momentum = 0.9,
  epsilon = 1e-5,
  affine = true,
}: BatchNormOptions): Layer {
  const channels = inputShape.at(-1) ?? 0;
  checkSize('batchNorm', 'inputShape', channels);
  if (!(momentum >= 0 && momentum < 1)) refuse('momentum', 'a number in [0, 1)', momentum);
  if (!(epsilon > 0 && Number.isFinite(epsilon))) refuse('epsilon', 'a number above 0', epsilon);
  const scale = affine ? createVariable(new Float32Array(channels).fill(1), [channels]) : undefined;
  const offset = affine ? createVariable(new Float32Array(channels), [channels]) : undefined;
  const runningMean = createVariable(new Float32Array(channels), [channels], false);
  const runningVariance = createVariable(new Float32Array(channels).fill(1), [channels], false);
  const trainable = scale && offset ? [scale, offset] : [];
  const variables = [...trainable, runningMean, runningVariance];

  const move = (running: tf.Variable, batch: tf.Tensor) =>
    running.assign(tf.add(tf.mul(running, momentum), tf.mul(batch, 1 - momentum)));

  return {
    inputShape,
    outputShape: inputShape,
    trainable,
    variables,
    apply(x, { training, mask }) {
      checkBatch('batchNorm', x, inputShape);
      return tf.tidy(() => {
        if (!training) {
          const deviation = tf.sqrt(tf.add(runningVariance, epsilon));
          const normalised = tf.div(tf.sub(x, runningMean), deviation);
          return scale && offset ? tf.add(tf.mul(normalised, scale), offset) : normalised;
        }
        if (mask !== undefined) {
          checkMask(x, mask);
          const { mean, variance, centred, count } = maskedMoments(x, mask);
          const share = tf.mul(tf.minimum(count, 1), 1 - momentum);
          const towards = (running: tf.Variable, batch: tf.Tensor) =>
            running.assign(tf.add(running, tf.mul(share, tf.sub(batch, running))));
          towards(runningMean, mean);
          towards(runningVariance, tf.mul(variance, tf.div(count, tf.maximum(tf.sub(count, 1), 1))));
          const normalised = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
          return scale && offset ? tf.add(tf.mul(normalised, scale), offset) : normalised;
        }
        const moments = batchMoments(x);
        const count = x.size / channels;
        move(runningMean, moments.mean);
        // A single value has no unbiased variance; its biased one, 0, is kept instead.
        move(runningVariance, tf.mul(moments.variance, count > 1 ? count / (count - 1) : 1));
        return normaliseBatch(
          x,
          moments,
          scale ?? tf.ones([channels]),
          offset ?? tf.zeros([channels]),
          epsilon,
        );
      });
    },
    dispose: () => disposeVariables(variables),
  };
}

function checkMask({ shape: [n = 0] }: tf.Tensor, mask: tf.Tensor): void {
  if (mask.rank === 2 && mask.shape[0] === n && mask.shape[1] === 1) return;
  throw new CrossmodalError({
    code: 'shape',
    where: 'batchNorm mask',
    expected: `[${n}, 1], one flag per row`,
    received: `[${mask.shape.join(', ')}]`,
  });
}

function refuse(option: string, expected: string, received: number): never {
  throw new CrossmodalError({
    code: 'option',
    where: `batchNorm option '${option}'`,
    expected,
    received: String(received),
  });
}
