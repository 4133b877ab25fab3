import type { DenseMatrix } from '@crossmodal/core';
import { LANES, STRIDE } from './products-kernel.js';

/** What the machine code computes, to the last bit: sixteen sums in single precision, added up in its order. */
export function plainProducts(
  x: DenseMatrix<Float32Array>,
  y: DenseMatrix<Float32Array>,
  offsets: ArrayLike<number>,
  lists: Int32Array,
): Float32Array {
  const d = x.columns;
  const first = offsets[0]!;
  const products = new Float32Array(offsets[x.rows]! - first);
  const sums = new Float32Array(STRIDE);
  for (let i = 0; i < x.rows; i++) {
    for (let p = offsets[i]!; p < offsets[i + 1]!; p++) {
      const other = lists[p]! * d;
      sums.fill(0);
      for (let j = 0; j < d; j++)
        sums[j % STRIDE] = sums[j % STRIDE]! + Math.fround(x.values[i * d + j]! * y.values[other + j]!);
      const lanes = Array.from({ length: LANES }, (_, k) => {
        const [a, b, c, e] = [sums[k]!, sums[LANES + k]!, sums[2 * LANES + k]!, sums[3 * LANES + k]!];
        return Math.fround(Math.fround(a + b) + Math.fround(c + e));
      });
      products[p - first] = lanes[0]! + lanes[1]! + (lanes[2]! + lanes[3]!);
    }
  }
  return products;
}
