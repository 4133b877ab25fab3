import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';

/** `X B` for many rows, on the active backend in single precision, widened, shape `[n, m]`. */
export function projected(x: DenseMatrix, b: DenseMatrix): DenseMatrix<Float64Array> {
  return denseMatrix(Float64Array.from(backendProduct(x, b).values), x.rows, b.columns);
}
