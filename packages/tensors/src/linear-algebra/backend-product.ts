import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { readValues } from '../read-values.js';
import { tf } from '../tf.js';

/** Options of {@link backendProduct}. */
export interface BackendProductOptions {
  /** Whether the first factor is transposed. @defaultValue false */
  readonly transposeA?: boolean;
  /** Whether the second factor is transposed. @defaultValue false */
  readonly transposeB?: boolean;
}

/**
 * The product of two matrices on the active backend, `A B`, in single precision, with either side transposed when asked.
 *
 * Backends multiply one to two orders of magnitude faster than a loop in JavaScript (`matrixProduct` of `@crossmodal/linalg`), while slicing and
 * scaling of row-major values are faster in place; so blocked algorithms keep their blocks as matrices and only multiply here.
 *
 * @param a - shape `[n, d]`, before it is transposed
 * @param b - shape `[d, m]`, before it is transposed
 * @returns shape `[n, m]`
 * @example
 * ```ts
 * const { values } = backendProduct(fromRows([[1, 2]]), fromRows([[3, 4]]), { transposeB: true }); // 11
 * ```
 */
export function backendProduct(
  a: DenseMatrix,
  b: DenseMatrix,
  { transposeA = false, transposeB = false }: BackendProductOptions = {},
): DenseMatrix<Float32Array> {
  const values = readValues(() => tf.matMul(shared(a), shared(b), transposeA, transposeB));
  return denseMatrix(values, transposeA ? a.columns : a.rows, transposeB ? b.rows : b.columns);
}

/** A tensor of the values themselves, without a copy where they are in single precision: it does not outlive the product. */
function shared({ rows, columns, values }: DenseMatrix): tf.Tensor2D {
  const single = values instanceof Float32Array ? values : Float32Array.from(values);
  return tf.tensor2d(single, [rows, columns], 'float32');
}
