import { inverseSquareRoot, tf } from '@crossmodal/tensors';

/**
 * Smallest share of a feature's variance that the ridge has: float32 covariances of d features are wrong by about this much times d, and the
 * iteration needs every eigenvalue to stay positive.
 */
const RIDGE_FLOOR = 3e-7;

/** Centred rows of one modality and what makes their covariance the identity. */
export interface Whitening {
  /** `Z - mean`, zero where a row is absent, shape `[n, d]`. */
  readonly centred: tf.Tensor2D;
  /** W, shape `[d, d]`, with `W (H^T H / (m - 1) + r I) W^T = I`. */
  readonly whitener: tf.Tensor2D;
}

/** Rows that count, as `[n, 1]` of 0 and 1, and `m - 1` of them, 1 at the least. */
export interface Rows {
  readonly mask: tf.Tensor | undefined;
  readonly freedom: tf.Tensor | number;
}

/** The rows that a mask leaves, or all `n`. */
export function rowsOf(n: number, mask: tf.Tensor | undefined): Rows {
  if (mask === undefined) return { mask, freedom: Math.max(1, n - 1) };
  return { mask, freedom: tf.maximum(tf.sub(tf.sum(mask), 1), 1) };
}

/** Centres latents `[n, d]` over the rows that count. */
export function centredRows(z: tf.Tensor2D, { mask }: Rows): tf.Tensor2D {
  if (mask === undefined) return tf.sub(z, tf.mean(z, 0, true));
  const count = tf.maximum(tf.sum(mask), 1);
  const mean = tf.div(tf.sum(tf.mul(z, mask), 0, true), count);
  return tf.mul(tf.sub(z, mean), mask);
}

/**
 * Whitens by `(D (S + r I) D)^(-1/2) D`, where D brings the diagonal to 1: any W with `W (S + r I) W^T = I` gives the same correlations, and
 * with a unit diagonal features of different sizes, or constant ones, do not spoil the condition.
 */
export function whiten(z: tf.Tensor2D, rows: Rows, ridge: number): Whitening {
  const d = z.shape[1];
  const centred = centredRows(z, rows);
  const identity = tf.eye(d);
  const covariance = tf.add(
    tf.div(tf.matMul(centred, centred, true), rows.freedom),
    tf.mul(identity, ridge),
  ) as tf.Tensor2D;
  const scale = tf.rsqrt(tf.sum(tf.mul(covariance, identity), 1, true)) as tf.Tensor2D;
  const across = tf.reshape(scale, [1, d]);
  const unit = tf.add(tf.mul(tf.mul(covariance, scale), across), tf.mul(identity, RIDGE_FLOOR * d));
  // The floor bounds the condition at 1 / RIDGE_FLOOR; the iteration then needs log(1 / RIDGE_FLOOR) / 0.8 + 5 steps.
  const whitener = tf.mul(inverseSquareRoot(unit as tf.Tensor2D, { iterations: 24 }), across) as tf.Tensor2D;
  return { centred, whitener };
}
