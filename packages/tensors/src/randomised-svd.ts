import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import { checkFinite } from './check-finite.js';
import { hostProduct, type HostBlock } from './host-product.js';
import { orthonormalise } from './orthonormalise.js';
import { hostSvd, type Svd } from './svd.js';
import { tf } from './tf.js';

/** Options of {@link randomisedSvd}. */
export interface RandomisedSvdOptions {
  /** Singular triplets wanted, in `1..min(n, m)`. */
  readonly rank: number;
  /** Draws the starting block. */
  readonly random: RandomSource;
  /** Extra columns of the iterated block; more of them converge faster. @defaultValue 10 */
  readonly oversampling?: number;
  /** Stops when the captured energy, the sum of the squared singular values of the block, rises by less than this share. @defaultValue 1e-6 */
  readonly tolerance?: number;
  /** Most subspace iterations. @defaultValue 24 */
  readonly maximumIterations?: number;
}

/**
 * Leading singular triplets of a large matrix, `A ~ U diag(s) V^T`, by randomised subspace iteration.
 *
 * A random block is multiplied by `A` and `A^T` in turn and made orthonormal after each product; the small projected problem is
 * solved in float64. Every large product runs on the active backend, `4 n m (rank + oversampling)` operations an iteration.
 *
 * @param a - shape `[n, m]`
 * @returns `u` `[n, rank]`, `s` `[rank]`, `v` `[m, rank]`
 * @throws CrossmodalError `option` when `rank` is out of range; `value` when `a` is not finite.
 */
export function randomisedSvd(a: tf.Tensor2D, options: RandomisedSvdOptions): Svd {
  const { rank, random, oversampling = 10, tolerance = 1e-6, maximumIterations = 24 } = options;
  const [n, m] = a.shape;
  const most = Math.min(n, m);
  if (!Number.isInteger(rank) || rank < 1 || rank > most) {
    throw new CrossmodalError({
      code: 'option',
      where: "randomisedSvd option 'rank'",
      expected: `an integer in 1..${most}`,
      received: String(rank),
    });
  }
  const matrix: HostBlock = { rows: n, columns: m, values: a.dataSync() as Float32Array };
  checkFinite('randomisedSvd', matrix.values);
  const width = Math.min(most, rank + oversampling);
  const start: HostBlock = {
    rows: m,
    columns: width,
    values: Float32Array.from({ length: m * width }, () => random.normal()),
  };

  let left = orthonormalise(hostProduct(matrix, start));
  let right = orthonormalise(hostProduct(matrix, left.q, true));
  let captured = energy(right.r);
  for (let iteration = 1; iteration < maximumIterations; iteration++) {
    left = orthonormalise(hostProduct(matrix, right.q));
    right = orthonormalise(hostProduct(matrix, left.q, true));
    const before = captured;
    captured = energy(right.r);
    if (Math.abs(captured - before) <= tolerance * captured) break;
  }
  const projected = hostSvd(right.r, width, width);
  // A^T Q = Q' R with R = P diag(s) T^T, hence A ~ (Q T) diag(s) (Q' P)^T.
  const u = hostProduct(left.q, leading(projected.v, width, rank));
  const v = hostProduct(right.q, leading(projected.u, width, rank));
  fixSigns(u, v);
  return {
    u: tf.tensor2d(u.values, [n, rank]),
    s: tf.tensor1d(Float32Array.from(projected.s.subarray(0, rank))),
    v: tf.tensor2d(v.values, [m, rank]),
  };
}

/** `||A^T Q||_F^2`, the energy that the subspace captures: it rises towards the sum of the largest squared singular values. */
function energy(r: Float64Array): number {
  let sum = 0;
  for (const value of r) sum += value * value;
  return sum;
}

function leading(square: Float64Array, width: number, rank: number): HostBlock {
  const values = new Float32Array(width * rank);
  for (let i = 0; i < width; i++) {
    for (let j = 0; j < rank; j++) values[i * rank + j] = square[i * width + j]!;
  }
  return { rows: width, columns: rank, values };
}

/** The entry of largest size of each left vector becomes positive. */
function fixSigns(u: HostBlock, v: HostBlock): void {
  const rank = u.columns;
  for (let j = 0; j < rank; j++) {
    let largest = 0;
    for (let p = j; p < u.values.length; p += rank) {
      if (Math.abs(u.values[p]!) > Math.abs(largest)) largest = u.values[p]!;
    }
    if (largest >= 0) continue;
    for (let p = j; p < u.values.length; p += rank) u.values[p] = -u.values[p]!;
    for (let p = j; p < v.values.length; p += rank) v.values[p] = -v.values[p]!;
  }
}
