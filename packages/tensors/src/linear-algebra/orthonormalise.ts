import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { choleskyInPlace, invertLower } from '@crossmodal/linalg';
import { backendProduct } from './backend-product.js';

/** `X = Q R` with orthonormal columns in `Q` `[n, k]`; `r` is `[k, k]`, row-major. */
export interface Orthonormalised {
  /** Orthonormal columns. */
  readonly q: DenseMatrix<Float32Array>;
  /** The upper factor. */
  readonly r: Float64Array;
}

/**
 * Orthonormal basis of the columns of a tall block by shifted Cholesky QR: `X^T X + e I = R^T R`, `Q = X R^-1`, three times.
 *
 * Products alone do the work on `n` rows. A pass divides the condition number by `1 / sqrt(e)`, about 10^3, so three passes take blocks
 * of condition 10^6, which is all that float32 holds; directions below that stay shorter than 1, harmless in a subspace.
 */
export function orthonormalise(x: DenseMatrix<Float32Array>): Orthonormalised {
  const k = x.columns;
  let q = x;
  let r = identity(k);
  for (let pass = 0; pass < 3; pass++) {
    const gram = Float64Array.from(backendProduct(q, q, { transposeA: true }).values);
    let trace = 0;
    for (let j = 0; j < k; j++) trace += gram[j * k + j]!;
    // Float32 products are wrong by about 1e-7 of the trace: the shift of the first passes has to exceed that. The last pass
    // starts from a nearly orthonormal block and needs no more than protection against a column of zeros.
    if (trace === 0) return { q, r: new Float64Array(k * k) };
    const shift = trace * (pass < 2 ? 1e-6 : 1e-12);
    for (let j = 0; j < k; j++) gram[j * k + j]! += shift;
    if (choleskyInPlace(gram, k)) {
      // Only a block that is rank-deficient beyond float32: the larger shift makes it positive.
      const again = Float64Array.from(backendProduct(q, q, { transposeA: true }).values);
      for (let j = 0; j < k; j++) again[j * k + j]! += trace * 1e-4;
      choleskyInPlace(again, k);
      gram.set(again);
    }
    const inverse = invertLower(gram, k);
    const inverseUpper = new Float32Array(k * k);
    for (let i = 0; i < k; i++) for (let j = i; j < k; j++) inverseUpper[i * k + j] = inverse[j * k + i]!;
    q = backendProduct(q, denseMatrix(inverseUpper, k, k));
    r = upperProduct(gram, r, k);
  }
  return { q, r };
}

function identity(k: number): Float64Array {
  const values = new Float64Array(k * k);
  for (let j = 0; j < k; j++) values[j * k + j] = 1;
  return values;
}

/** `L^T R` for a lower factor `L` and an upper `R`. */
function upperProduct(lower: Float64Array, r: Float64Array, k: number): Float64Array {
  const product = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let p = i; p < k; p++) {
      const factor = lower[p * k + i]!;
      for (let j = p; j < k; j++) product[i * k + j]! += factor * r[p * k + j]!;
    }
  }
  return product;
}
