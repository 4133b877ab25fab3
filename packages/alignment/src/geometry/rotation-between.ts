import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { columnMeans, matrixProduct, subtractRow, transposeMatrix } from '@crossmodal/linalg';
import { orthogonalProcrustes, readValues, toTensor } from '@crossmodal/tensors';
import { checkSameShape } from '../checks/check-same-shape.js';
import type { MapPair } from '../linear-maps/map-pair.js';

/**
 * The rotation (with reflection) and shift that brings points closest to others, by Procrustes: `R = U W^T` of the singular value decomposition
 * `(B - b)^T (A - a) = U S W^T`, so that `y = (x - b) R + a`.
 *
 * @param a - shape `[k, q]`, with `q <= 1024`
 * @param b - shape `[k, q]`, row i belongs to row i of `a`
 * @returns `to` leads from the space of `b` to that of `a`, and `from` back; each is the inverse of the other
 * @throws CrossmodalError `shape` when the shapes differ; `value` on points that are not finite.
 * @see {@link rotateOnto}, which does not shift
 * @example
 * ```ts
 * const a = fromRows([[0, 0], [2, 0], [0, 1]]);
 * const b = fromRows([[5, 5], [5, 7], [4, 5]]); // a, turned by 90 degrees and moved
 * const { to } = rotationBetween(a, b);
 * applyLinearMap(b, to).values; // a again, but for rounding
 * ```
 */
export function rotationBetween(a: DenseMatrix, b: DenseMatrix): MapPair {
  checkSameShape('rotationBetween', a, b);
  const [meanA, meanB] = [columnMeans(a), columnMeans(b)];
  const covariance = matrixProduct(transposeMatrix(subtractRow(b, meanB)), subtractRow(a, meanA));
  const q = covariance.rows;
  const values = readValues(() => orthogonalProcrustes(toTensor(covariance)));
  const rotation = denseMatrix(Float64Array.from(values), q, q);
  const back = transposeMatrix(rotation);
  return {
    to: { weights: rotation, offsets: shift(meanA, meanB, rotation) },
    from: { weights: back, offsets: shift(meanB, meanA, back) },
  };
}

/** `end - start R`. */
function shift(end: Float64Array, start: Float64Array, rotation: DenseMatrix<Float64Array>): Float64Array {
  const moved = matrixProduct(denseMatrix(start, 1, start.length), rotation).values;
  return end.map((value, j) => value - moved[j]!);
}
