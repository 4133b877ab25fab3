import { checkBlockFlags, denseMatrix, mapBlocks, type RowBlocks } from '@crossmodal/core';
import type { FittedTransform } from '../fitted/fitted-transform.js';

/**
 * Applies a fitted transform to each block when it is read; no result is kept.
 *
 * @param source - shape `[n, d]`
 * @param present - 1 where the row is present, length `n`; absent rows give zeros
 * @returns shape `[n, q]`, in single precision
 * @throws CrossmodalError `shape` when `d` is not the dimension the transform was fitted on, or flags are not as many as rows.
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[3, 4], [0, 2]]));
 * const unit = transformBlocks(rows, fitUnitRows(rows));
 * console.log((await gatherBlocks(unit)).values); // 0.6, 0.8, 0, 1
 * ```
 */
export function transformBlocks(
  source: RowBlocks,
  transform: FittedTransform,
  present?: Uint8Array,
): RowBlocks<Float32Array> {
  checkBlockFlags('transformBlocks', source, present);
  // An empty matrix shows how long mapped rows are, and whether the transform takes rows of this length.
  const { columns } = transform.apply(denseMatrix(new Float32Array(0), 0, source.columns));
  return mapBlocks(source, {
    rowShape: transform.keepsLayout ? source.rowShape : [columns],
    precision: 'single',
    map: ({ start, features }) => transform.apply(features, present?.subarray(start, start + features.rows)),
  });
}
