import { CrossmodalError, denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { checkFinite, thinSvd } from '@crossmodal/linalg';
import { backendProduct } from './backend-product.js';
import { orthonormalise } from './orthonormalise.js';
import type { Svd } from './svd.js';
import { tf } from '../tf.js';

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
  const matrix = denseMatrix(a.dataSync() as Float32Array, n, m);
  checkFinite('randomisedSvd', matrix.values);
  const width = Math.min(most, rank + oversampling);
  const start = denseMatrix(
    Float32Array.from({ length: m * width }, () => random.normal()),
    m,
    width,
  );

  let left = orthonormalise(backendProduct(matrix, start));
  let right = orthonormalise(backendProduct(matrix, left.q, { transposeA: true }));
  let captured = energy(right.r);
  for (let iteration = 1; iteration < maximumIterations; iteration++) {
    left = orthonormalise(backendProduct(matrix, right.q));
    right = orthonormalise(backendProduct(matrix, left.q, { transposeA: true }));
    const before = captured;
    captured = energy(right.r);
    if (Math.abs(captured - before) <= tolerance * captured) break;
  }
  const projected = thinSvd(denseMatrix(right.r, width, width));
  // A^T Q = Q' R with R = P diag(s) T^T, hence A ~ (Q T) diag(s) (Q' P)^T.
  const u = backendProduct(left.q, leading(projected.v, rank));
  const v = backendProduct(right.q, leading(projected.u, rank));
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

/** The first columns, in single precision. */
function leading({ rows, columns, values: all }: DenseMatrix, rank: number): DenseMatrix<Float32Array> {
  const values = new Float32Array(rows * rank);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rank; j++) values[i * rank + j] = all[i * columns + j]!;
  }
  return denseMatrix(values, rows, rank);
}

/** The entry of largest size of each left vector becomes positive. */
function fixSigns(u: DenseMatrix<Float32Array>, v: DenseMatrix<Float32Array>): void {
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
