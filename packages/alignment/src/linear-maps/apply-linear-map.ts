import type { DenseMatrix } from '@crossmodal/core';
import { subtractRow } from '@crossmodal/linalg';
import { projected } from './projected.js';
import type { LinearMap } from './linear-map.js';
import { checkColumns } from '../checks/check-columns.js';

/**
 * Applies a linear map, `y = x W + b`; the product runs on the active backend in single precision.
 *
 * @param rows - shape `[n, d]`
 * @returns shape `[n, q]`
 * @throws CrossmodalError `shape` when the rows do not have the `d` columns of the map.
 * @example
 * ```ts
 * const map = { weights: fromRows([[2, 0], [0, 1]]), offsets: Float64Array.of(0, 5) };
 * applyLinearMap(fromRows([[1, 1]]), map).values; // 2, 6
 * ```
 */
export function applyLinearMap(
  rows: DenseMatrix,
  { weights, offsets }: LinearMap,
): DenseMatrix<Float64Array> {
  checkColumns('applyLinearMap', rows, weights.rows);
  return subtractRow(
    projected(rows, weights),
    offsets.map((value) => -value),
  );
}
