import { tf } from '@crossmodal/tensors';

/** Statistics of a batch over all axes but the last, and the batch without its mean. */
export interface BatchMoments {
  /** `[c]` */
  readonly mean: tf.Tensor;
  /** The biased variance, `[c]`. */
  readonly variance: tf.Tensor;
  /** `x - mean`, shape of the batch. */
  readonly centred: tf.Tensor;
}

/** Mean and variance of each channel of a batch `[..., c]`. */
export function batchMoments(x: tf.Tensor): BatchMoments {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const mean = tf.mean(x, axes);
  const centred = tf.sub(x, mean);
  return { mean, centred, variance: tf.mean(tf.square(centred), axes) };
}

/**
 * `scale (x - mean) / sqrt(variance + epsilon) + offset` with the batch's own moments, `[..., c]` to the same.
 *
 * Its gradient is written out, half the passes over the batch that the gradients of its operations make: with `g` the result's gradient,
 * `c = x - mean`, `s = 1 / sqrt(variance + epsilon)` and averages over the batch,
 * `dx = scale s (g - mean(g) - c s^2 mean(g c))`, `dscale = s sum(g c)`, `doffset = sum(g)`.
 *
 * @see Ioffe and Szegedy, Batch Normalization, ICML 2015, section 3
 */
export function normaliseBatch(
  x: tf.Tensor,
  moments: BatchMoments,
  scale: tf.Tensor,
  offset: tf.Tensor,
  epsilon: number,
): tf.Tensor {
  const count = x.size / (x.shape.at(-1) ?? 1);
  const inverseOf = (variance: tf.Tensor) => tf.rsqrt(tf.add(variance, epsilon));
  const apply = tf.customGrad((...args) => {
    const [batch, factor, shift, save] = args as [tf.Tensor, tf.Tensor, tf.Tensor, tf.GradSaveFunc];
    save([batch, factor]);
    const slope = tf.mul(factor, inverseOf(moments.variance));
    return {
      value: tf.add(tf.mul(moments.centred, slope), shift),
      gradFunc: (g: tf.Tensor, saved: tf.Tensor[]) => {
        const [kept, weight] = saved as [tf.Tensor, tf.Tensor];
        // Anew from what was saved, which a second derivative can follow; a compiled step finds the ones it has.
        const { centred, variance } = batchMoments(kept);
        const inverse = inverseOf(variance);
        const axes = kept.shape.slice(0, -1).map((_, axis) => axis);
        const total = tf.sum(g, axes);
        const product = tf.mul(inverse, tf.sum(tf.mul(g, centred), axes));
        const pull = tf.mul(centred, tf.div(tf.mul(inverse, product), count));
        const dx = tf.mul(tf.sub(tf.sub(g, tf.div(total, count)), pull), tf.mul(weight, inverse));
        return [dx, product, total];
      },
    };
  });
  return apply(x, scale, offset);
}
