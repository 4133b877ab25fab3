import type { DenseMatrix } from '@crossmodal/core';
import { readValues, tf } from '@crossmodal/tensors';
import { packedDiagonal, packedLength, type PackedHalf } from './packed-half.js';

/** Rows multiplied at once: few enough that what a block computes below the diagonal is a small part. */
const BLOCK = 256;

/** Gram matrix `X X^T` of the rows of `features`; each block of rows is multiplied by itself and the rows after it only. */
export function packedGram({ rows: n, columns: d, values }: DenseMatrix): PackedHalf {
  const features = values instanceof Float32Array ? values : Float32Array.from(values);
  const packed = new Float32Array(packedLength(n));
  for (let start = 0; start < n; start += BLOCK) {
    const size = Math.min(BLOCK, n - start);
    const width = n - start;
    const product = readValues(() =>
      tf.matMul(
        tf.tensor2d(features.subarray(start * d, (start + size) * d), [size, d]),
        tf.tensor2d(features.subarray(start * d), [width, d]),
        false,
        true,
      ),
    );
    for (let r = 0; r < size; r++)
      packed.set(product.subarray(r * width + r, (r + 1) * width), packedDiagonal(n, start + r));
  }
  return packed;
}
