import { CrossmodalError, denseMatrix } from '@crossmodal/core';
import { checkFinite, thinSvd } from '@crossmodal/linalg';
import { tf } from '../tf.js';

/** Singular values and vectors of a matrix. */
export interface Svd {
  /** Left singular vectors as columns, shape `[n, r]`; the entry of largest size of each is positive. */
  readonly u: tf.Tensor2D;
  /** Singular values, largest first, shape `[r]`. */
  readonly s: tf.Tensor1D;
  /** Right singular vectors as columns, shape `[m, r]`. */
  readonly v: tf.Tensor2D;
}

/** The dense solver is cubic with a large constant: side 1000 takes about ten seconds, so larger ones are refused. */
const LARGEST_SIDE = 1024;

/**
 * Thin singular value decomposition of a small matrix, `A = U diag(s) V^T` with `r = min(n, m)`, in float64 on the host (`thinSvd` of
 * `@crossmodal/linalg`).
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
  const { u, s, v } = thinSvd(denseMatrix(values as Float32Array, n, m));
  const r = s.length;
  return {
    u: tf.tensor2d(Float32Array.from(u.values), [n, r]),
    s: tf.tensor1d(Float32Array.from(s)),
    v: tf.tensor2d(Float32Array.from(v.values), [m, r]),
  };
}
