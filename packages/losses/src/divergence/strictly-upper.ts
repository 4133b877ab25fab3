import { tf } from '@crossmodal/tensors';

/** Ones above the diagonal, zeros elsewhere, shape `[k, k]`. */
export function strictlyUpper(k: number): tf.Tensor2D {
  const values = Float32Array.from({ length: k * k }, (_, p) => (p % k > Math.floor(p / k) ? 1 : 0));
  return tf.tensor2d(values, [k, k]);
}
