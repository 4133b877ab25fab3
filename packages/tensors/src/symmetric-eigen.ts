import { CrossmodalError } from '@crossmodal/core';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { checkFinite } from './check-finite.js';
import { checkSquare } from './check-square.js';
import { tf } from './tf.js';

/** Eigenvalues and eigenvectors of a symmetric matrix. */
export interface SymmetricEigen {
  /** Eigenvalues, largest first, shape `[n]`. */
  readonly values: tf.Tensor1D;
  /** Unit eigenvectors as columns, in the same order, shape `[n, n]`; the entry of largest size of each is positive. */
  readonly vectors: tf.Tensor2D;
}

/** The dense solver is cubic with a large constant: side 1000 takes about ten seconds, so larger ones are refused. */
const LARGEST_SIDE = 1024;

/**
 * All eigenpairs of a small symmetric matrix, `A = U diag(w) U^T`, in float64 on the host.
 *
 * Not differentiable, and not for `n x n` affinities: a truncated solver finds their few leading pairs.
 *
 * @param a - shape `[n, n]`, symmetric, `n <= 1024`; the mean of both halves is used
 * @throws CrossmodalError `shape` when `a` is not square; `unsupported` when it is too large; `value` when it is not finite.
 */
export function symmetricEigen(a: tf.Tensor2D): SymmetricEigen {
  const n = checkSquare('symmetricEigen', a);
  if (n > LARGEST_SIDE) {
    throw new CrossmodalError({
      code: 'unsupported',
      where: 'symmetricEigen',
      expected: `a side of ${LARGEST_SIDE} at most`,
      received: String(n),
      advice: 'Use randomisedSvd, or a truncated eigen-solver, for the leading pairs of a large matrix.',
    });
  }
  const values = a.dataSync();
  const matrix = new Matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) matrix.set(i, j, (values[i * n + j]! + values[j * n + i]!) / 2);
  }
  checkFinite('symmetricEigen', values);
  const eigen = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const order = eigen.realEigenvalues
    .map((_, j) => j)
    .sort((p, q) => eigen.realEigenvalues[q]! - eigen.realEigenvalues[p]!);
  const vectors = new Float32Array(n * n);
  order.forEach((source, column) => {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      const entry = eigen.eigenvectorMatrix.get(i, source);
      if (Math.abs(entry) > Math.abs(largest)) largest = entry;
    }
    const sign = largest < 0 ? -1 : 1;
    for (let i = 0; i < n; i++) vectors[i * n + column] = sign * eigen.eigenvectorMatrix.get(i, source);
  });
  const sorted = Float32Array.from(order, (source) => eigen.realEigenvalues[source]!);
  return { values: tf.tensor1d(sorted), vectors: tf.tensor2d(vectors, [n, n]) };
}
