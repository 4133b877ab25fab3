import { denseMatrix, joinColumns, type DenseMatrix } from '@crossmodal/core';
import type { LazyRows } from '../../solvers/sparse/lazy-rows.js';

/** Features of several modalities side by side, `[n, sum of d_v]`: their Gram matrix is the sum of those of the modalities. */
export function sideBySide(parts: readonly DenseMatrix[]): LazyRows {
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  return {
    rows: parts[0]!.rows,
    columns,
    read: (start, end) =>
      joinColumns(
        parts.map(({ columns: d, values }) =>
          denseMatrix(values.subarray(start * d, end * d), end - start, d),
        ),
      ),
  };
}
