import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { checkSameShape } from './check-same-shape.js';

/** What {@link contrastive} takes. */
export interface ContrastiveOptions {
  /** Divides cosines, above 0; small ones make the hardest negatives count most. @defaultValue 0.5 */
  readonly temperature?: number;
}

/** Keeps a row of zeros from a division by zero. */
const NORM_EPSILON = 1e-12;

/**
 * Contrast of pairs, both ways: with the cosines `S_ij = cos(a_i, b_j) / temperature`,
 * `-(1 / 2n) sum_i [log softmax_j(S_ij)_i + log softmax_j(S_ji)_i]`. Small when each row is alike to its partner and to no other's.
 *
 * @param a - shape `[n, d]`
 * @param b - partners, row by row, shape `[n, d]`
 * @returns 0 or more; `log n` where all cosines are equal
 * @throws CrossmodalError `shape` when the two shapes differ; `option` when the temperature is not above 0.
 * @see van den Oord, Li and Vinyals, Representation learning with contrastive predictive coding, 2018, Eq. 4
 */
export function contrastive(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  { temperature = 0.5 }: ContrastiveOptions = {},
): tf.Scalar {
  checkSameShape('contrastive', a, b);
  if (!(temperature > 0)) {
    throw new CrossmodalError({
      code: 'option',
      where: "contrastive option 'temperature'",
      expected: 'a number above 0',
      received: String(temperature),
    });
  }
  return tf.tidy(() => {
    const n = a.shape[0];
    const cosines = tf.div(tf.matMul(unitRows(a), unitRows(b), false, true), temperature);
    const own = tf.eye(n);
    const forth = tf.sum(tf.mul(tf.logSoftmax(cosines), own));
    const back = tf.sum(tf.mul(tf.logSoftmax(tf.transpose(cosines)), own));
    return tf.mul(tf.add(forth, back), -1 / (2 * n)) as tf.Scalar;
  });
}

function unitRows(x: tf.Tensor2D): tf.Tensor2D {
  return tf.div(x, tf.sqrt(tf.add(tf.sum(tf.square(x), 1, true), NORM_EPSILON)));
}
