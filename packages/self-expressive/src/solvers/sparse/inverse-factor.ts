import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { choleskyInPlace, invertLower } from '@crossmodal/linalg';
import { backendProduct } from '@crossmodal/tensors';

/** Below this side a block is factorised in float64 on the host; larger ones are split in two. */
const BASE_SIDE = 128;

/**
 * Inverse of the Cholesky factor of a symmetric positive definite matrix, `L^-1` with `A = L L^T`: features times `L^-T` are whitened.
 *
 * Recursive: with `A = [B C^T; C D]` and `B = L L^T`, `E = C L^-T` is below `L` in the factor, and the rest is that of `D - E E^T`. Products run
 * on the engine in single precision, blocks of side 128 on the host in double.
 *
 * @param where - the function that errors name
 * @param matrix - shape `[n, n]`, of which the lower half is read
 * @returns shape `[n, n]`, zero above the diagonal
 * @throws CrossmodalError `value` when the matrix is not positive definite.
 */
export function inverseFactor(where: string, matrix: DenseMatrix<Float64Array>): DenseMatrix<Float32Array> {
  const n = matrix.rows;
  if (n <= BASE_SIDE) return base(where, matrix);
  const left = Math.ceil(n / 2 / BASE_SIDE) * BASE_SIDE;
  const right = n - left;
  const first = inverseFactor(where, block(matrix, 0, 0, left, left));
  const c = block(matrix, left, 0, right, left);
  const below = backendProduct(c, first, { transposeB: true });
  const rest = block(matrix, left, left, right, right);
  const taken = backendProduct(below, below, { transposeB: true }).values;
  for (let p = 0; p < taken.length; p++) rest.values[p]! -= taken[p]!;
  const second = inverseFactor(where, rest);
  const corner = backendProduct(backendProduct(second, below), first).values;
  const inverse = new Float32Array(n * n);
  for (let i = 0; i < left; i++) inverse.set(first.values.subarray(i * left, (i + 1) * left), i * n);
  for (let i = 0; i < right; i++) {
    const row = inverse.subarray((left + i) * n, (left + i + 1) * n);
    for (let j = 0; j < left; j++) row[j] = -corner[i * left + j]!;
    row.set(second.values.subarray(i * right, (i + 1) * right), left);
  }
  return denseMatrix(inverse, n, n);
}

function block(
  { columns, values }: DenseMatrix<Float64Array>,
  top: number,
  left: number,
  rows: number,
  width: number,
): DenseMatrix<Float64Array> {
  const part = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    const start = (top + i) * columns + left;
    part.set(values.subarray(start, start + width), i * width);
  }
  return denseMatrix(part, rows, width);
}

function base(where: string, matrix: DenseMatrix<Float64Array>): DenseMatrix<Float32Array> {
  const n = matrix.rows;
  const factor = matrix.values.slice();
  const bad = choleskyInPlace(factor, n);
  if (bad !== undefined) {
    throw new CrossmodalError({
      code: 'value',
      where,
      expected: 'features whose second moments plus the ridge are positive definite',
      received: `pivot ${bad.value}`,
      advice: 'Check the features for NaN, or raise the ridge.',
    });
  }
  return denseMatrix(Float32Array.from(invertLower(factor, n)), n, n);
}
