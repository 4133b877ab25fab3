import { tf } from '@crossmodal/tensors';

/**
 * Splits what a network makes of a batch with partners: rows `0..m-1`, and the partner of each, rows `m..2m-1`.
 *
 * @param both - shape `[2m, d]`, for a batch of {@link pairBatches} or {@link partnerBatches}
 * @returns two of `[m, d]`
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const both = tf.tensor2d([[1], [2], [3], [4]]);
 * const [samples, partners] = splitPartners(both);
 * console.log(partners.dataSync()); // 3, 4
 * tf.dispose([both, samples, partners]);
 * ```
 */
export function splitPartners(both: tf.Tensor2D): readonly [samples: tf.Tensor2D, partners: tf.Tensor2D] {
  const [rows, columns] = both.shape;
  const m = rows / 2;
  return [tf.slice(both, [0, 0], [m, columns]), tf.slice(both, [m, 0], [m, columns])];
}
