import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { tf } from './tf.js';

/** Copies a dense matrix `[n, d]` into a float32 tensor of the same shape. */
export function toTensor(matrix: DenseMatrix): tf.Tensor2D {
  const values =
    matrix.values instanceof Float32Array ? matrix.values.slice() : Float32Array.from(matrix.values);
  return tf.tensor2d(values, [matrix.rows, matrix.columns], 'float32');
}

/** Reads a tensor `[n, ...]` into a dense matrix `[n, product of the rest]`. The tensor stays alive. */
export async function toMatrix(tensor: tf.Tensor): Promise<DenseMatrix<Float32Array>> {
  const [rows = 1, ...rest] = tensor.shape;
  const values = (await tensor.data()) as Float32Array;
  return denseMatrix(
    values.slice(),
    rows,
    rest.reduce((product, size) => product * size, 1),
  );
}
