import { tf } from '@crossmodal/tensors';
import { strictlyUpper } from './strictly-upper.js';

/**
 * Below this, the mass of a cluster counts as none: far under the smallest mass of a softmax over a batch, far above the smallest
 * square of a float32.
 */
const FLOOR = 1e-9;

/** `factor sum_{i<j} b_i^T K b_j / sqrt(b_i^T K b_i  b_j^T K b_j)` of non-negative columns `[n, k]`. */
export function pairwiseOverlap(
  columns: tf.Tensor2D,
  kernel: tf.Tensor2D,
  k: number,
  factor: number,
): tf.Scalar {
  return overlapOf(tf.matMul(columns, tf.matMul(kernel, columns), true), k, factor);
}

/** `factor sum_{i<j} N_ij / sqrt(N_ii N_jj)` of a joint `[k, k]`. */
export function overlapOf(joint: tf.Tensor, k: number, factor: number): tf.Scalar {
  const own = tf.sum(tf.mul(joint, tf.eye(k)), 1, true);
  const scale = tf.sqrt(tf.maximum(tf.matMul(own, own, false, true), FLOOR * FLOOR));
  const ratios = tf.div(tf.maximum(joint, FLOOR), scale);
  return tf.mul(tf.sum(tf.mul(ratios, strictlyUpper(k))), factor) as tf.Scalar;
}
