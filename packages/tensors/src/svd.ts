import { CrossmodalError } from '@crossmodal/core';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { checkFinite } from './check-finite.js';
import { tf } from './tf.js';

/** Singular values and vectors of a matrix. */
export interface Svd {
  /** Left singular vectors as columns, shape `[n, r]`; the entry of largest size of each is positive. */
  readonly u: tf.Tensor2D;
  /** Singular values, largest first, shape `[r]`. */
  readonly s: tf.Tensor1D;
  /** Right singular vectors as columns, shape `[m, r]`. */
  readonly v: tf.Tensor2D;
}

/** The dense solver is cubic with a large constant; see {@link symmetricEigen}. */
const LARGEST_SIDE = 1024;

/**
 * Thin singular value decomposition of a small matrix, `A = U diag(s) V^T` with `r = min(n, m)`, in float64 on the host.
 *
 * Not differentiable; {@link nuclearNorm} and {@link inverseSquareRoot} are.
 *
 * @param a - shape `[n, m]`, with `min(n, m) <= 1024`
 * @throws CrossmodalError `unsupported` when it is too large; `value` when it is not finite.
 */
export function svd(a: tf.Tensor2D): Svd {
  const [n, m] = a.shape;
  if (Math.min(n, m) > LARGEST_SIDE) {
    throw new CrossmodalError({
      code: 'unsupported',
      where: 'svd',
      expected: `a shorter side of ${LARGEST_SIDE} at most`,
      received: `shape [${n}, ${m}]`,
      advice: 'Use randomisedSvd for the leading part of a large matrix.',
    });
  }
  const values = a.dataSync();
  checkFinite('svd', values);
  const { u, s, v } = hostSvd(Float64Array.from(values), n, m);
  const r = s.length;
  return {
    u: tf.tensor2d(Float32Array.from(u), [n, r]),
    s: tf.tensor1d(Float32Array.from(s)),
    v: tf.tensor2d(Float32Array.from(v), [m, r]),
  };
}

/** Thin SVD of row-major float64 values `[n, m]`; `u` is `[n, r]` and `v` is `[m, r]`, row-major. */
export function hostSvd(
  values: Float64Array,
  n: number,
  m: number,
): { u: Float64Array; s: Float64Array; v: Float64Array } {
  const r = Math.min(n, m);
  const matrix = Matrix.from1DArray(n, m, values);
  // autoTranspose: the algorithm needs at least as many rows as columns.
  const decomposition = new SingularValueDecomposition(matrix, { autoTranspose: true });
  const u = new Float64Array(n * r);
  const v = new Float64Array(m * r);
  for (let column = 0; column < r; column++) {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const entry = decomposition.leftSingularVectors.get(i, column);
      if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    }
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) u[i * r + column] = sign * decomposition.leftSingularVectors.get(i, column);
    for (let j = 0; j < m; j++) v[j * r + column] = sign * decomposition.rightSingularVectors.get(j, column);
  }
  return { u, s: Float64Array.from(decomposition.diagonal.slice(0, r)), v };
}
