import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';

/**
 * Puts rows and their partners in each other's place: of a batch of {@link withPartners}, row i of the result belongs to the partner of row i.
 *
 * @param rows - shape `[2 m, ...]`, row `m + i` the partner of row `i`
 * @returns the same shape; differentiable
 * @throws CrossmodalError `shape` when the number of rows is odd.
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const x = tf.tensor2d([[1], [2], [3], [4]]);
 * const exchanged = exchangePartners(x); // 3, 4, 1, 2
 * tf.dispose([x, exchanged]);
 * ```
 */
export function exchangePartners(rows: tf.Tensor): tf.Tensor {
  const half = (rows.shape[0] ?? 1) / 2;
  if (!Number.isInteger(half)) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'exchangePartners',
      expected: 'an even number of rows, the second half the partners of the first',
      received: `[${rows.shape.join(', ')}]`,
    });
  }
  return tf.tidy(() => tf.concat([tf.slice(rows, half, half), tf.slice(rows, 0, half)], 0));
}
