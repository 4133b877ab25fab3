import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import type { SelfExpressiveLayer } from '@crossmodal/self-expressive';
import { readValues } from '@crossmodal/tensors';

/** S of a layer without its diagonal, shape `[n, n]`. */
export function trainedCoefficients(layer: SelfExpressiveLayer): DenseMatrix<Float32Array> {
  const [n] = layer.variable.shape;
  return denseMatrix(Float32Array.from(readValues(() => layer.coefficients())), n, n);
}
