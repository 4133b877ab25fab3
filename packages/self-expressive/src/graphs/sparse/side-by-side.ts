import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import type { RowBlocks } from '../../solvers/sparse/row-blocks.js';

/** Features of several modalities side by side, `[n, sum of d_v]`: their Gram matrix is the sum of those of the modalities. */
export function sideBySide(parts: readonly DenseMatrix[]): RowBlocks {
  const columns = parts.reduce((sum, part) => sum + part.columns, 0);
  return {
    rows: parts[0]!.rows,
    columns,
    read(start, end) {
      const values = new Float32Array((end - start) * columns);
      let offset = 0;
      for (const { columns: d, values: own } of parts) {
        for (let i = start; i < end; i++)
          values.set(own.subarray(i * d, (i + 1) * d), (i - start) * columns + offset);
        offset += d;
      }
      return denseMatrix(values, end - start, columns);
    },
  };
}
