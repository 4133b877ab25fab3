import { denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';
import { inverseFactor } from '../../solvers/sparse/inverse-factor.js';

/** Subspace iterations. The directions need not be eigenvectors: what counts is that the space they span holds the large ones. */
const ITERATIONS = 3;

/** Orthonormal directions, shape `[d, rank]`, whose space holds the large eigenvectors of a positive semidefinite matrix, shape `[d, d]`. */
export function leadingSpace(
  matrix: DenseMatrix<Float32Array>,
  rank: number,
  random: RandomSource,
): DenseMatrix<Float32Array> {
  const d = matrix.rows;
  const start = Float32Array.from({ length: d * rank }, () => random.normal());
  let basis: DenseMatrix<Float32Array> = denseMatrix(start, d, rank);
  for (let iteration = 0; iteration < ITERATIONS; iteration++)
    basis = orthonormal(backendProduct(matrix, basis));
  return basis;
}

/**
 * The columns made orthonormal, `X <- X L^-T` with `X^T X + e I = L L^T`, three times: a pass divides the condition by `1 / sqrt(e)`, and
 * the shift has to exceed what single precision rounds off. Directions that stay shorter than 1 do no harm: their features are smaller.
 */
function orthonormal(columns: DenseMatrix<Float32Array>): DenseMatrix<Float32Array> {
  let basis = columns;
  for (const shift of [1e-6, 1e-6, 1e-7]) {
    const gram = backendProduct(basis, basis, { transposeA: true });
    const r = gram.rows;
    const shifted = Float64Array.from(gram.values);
    let trace = 0;
    for (let j = 0; j < r; j++) trace += shifted[j * r + j]!;
    // Features that are all zero have no directions.
    if (trace === 0) return basis;
    for (let j = 0; j < r; j++) shifted[j * r + j]! += shift * trace;
    const inverse = inverseFactor('leadingSpace', denseMatrix(shifted, r, r));
    basis = backendProduct(basis, inverse, { transposeB: true });
  }
  return basis;
}
