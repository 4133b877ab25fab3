import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { orthogonalProcrustes, readValues, toTensor } from '@crossmodal/tensors';
import { columnMeans, minusRow, product, transposed, type LinearMap } from './linear-map.js';

/** The two directions of a rotation between spaces. */
export interface RotationPair {
  /** From the space of the second points to that of the first. */
  readonly to: LinearMap;
  /** Back; exactly its inverse. */
  readonly from: LinearMap;
}

/**
 * The rotation (with reflection) and shift that brings points closest to others: `R = U W^T` of the singular value decomposition
 * `(B - b)^T (A - a) = U S W^T`, so that `y = (x - b) R + a`.
 *
 * @param a - shape `[k, q]`
 * @param b - shape `[k, q]`, row i belongs to row i of `a`
 */
export function procrustes(a: DenseMatrix, b: DenseMatrix): RotationPair {
  const [meanA, meanB] = [columnMeans(a), columnMeans(b)];
  const covariance = product(transposed(minusRow(b, meanB)), minusRow(a, meanA));
  const q = covariance.rows;
  const values = readValues(() => orthogonalProcrustes(toTensor(covariance)));
  const rotation = denseMatrix(Float64Array.from(values), q, q);
  const back = transposed(rotation);
  return {
    to: { weights: rotation, offsets: shift(meanA, meanB, rotation) },
    from: { weights: back, offsets: shift(meanB, meanA, back) },
  };
}

/** `end - start R`. */
function shift(end: Float64Array, start: Float64Array, rotation: DenseMatrix<Float64Array>): Float64Array {
  const moved = product(denseMatrix(start, 1, start.length), rotation).values;
  return end.map((value, j) => value - moved[j]!);
}
