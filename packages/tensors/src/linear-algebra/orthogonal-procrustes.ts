import { svd } from './svd.js';
import { tf } from '../tf.js';

/**
 * The rotation (with reflection) that brings rows `X [n, a]` closest to rows `Y [n, b]`, from their product `X^T Y`: the `Q` with
 * orthonormal rows that makes `||X Q - [Y 0]||_F` least. With the decomposition `U diag(s) V^T` of the product, padded with zeros to a square
 * of side `max(a, b)`, it is the first `a` rows of `U V^T`.
 *
 * Where the product has not full rank many rotations are as good, and this is one of them. Exact, and not differentiable; {@link tensorPolarFactor}
 * is made of products alone, and vanishes there instead.
 *
 * @param product - `X^T Y`, shape `[a, b]`, with `max(a, b) <= 1024`
 * @returns shape `[a, max(a, b)]`; orthogonal when `a >= b`
 * @throws CrossmodalError `unsupported` when it is too large; `value` when it is not finite.
 * @example
 * ```ts
 * const x = tf.tensor2d([[1, 0], [0, 2], [3, 1]]);
 * const y = tf.tensor2d([[0, 1], [-2, 0], [-1, 3]]); // x, turned by 90 degrees
 * const turn = orthogonalProcrustes(tf.matMul(x, y, true));
 * console.log(turn.arraySync()); // [[0, 1], [-1, 0]]
 * ```
 */
export function orthogonalProcrustes(product: tf.Tensor2D): tf.Tensor2D {
  const [a, b] = product.shape;
  const width = Math.max(a, b);
  return tf.tidy(() => {
    const square = tf.pad(product, [
      [0, width - a],
      [0, width - b],
    ]) as tf.Tensor2D;
    const { u, v } = svd(square);
    return tf.slice(tf.matMul(u, v, false, true), [0, 0], [a, width]) as tf.Tensor2D;
  });
}
