import type { CsrMatrix } from '@crossmodal/core';
import { transposeCsr } from '@crossmodal/linalg';
import { CsrBuilder } from './csr-builder.js';

/** `(B + B^T) / 2` of a square sparse matrix; exactly symmetric, since both sums add the same two numbers. */
export function symmetrise(b: CsrMatrix<Float32Array>): CsrMatrix<Float32Array> {
  const n = b.rows;
  const t = transposeCsr(b);
  const builder = new CsrBuilder(n, n);
  for (let i = 0; i < n; i++) {
    let p = b.rowOffsets[i]!;
    let q = t.rowOffsets[i]!;
    const endP = b.rowOffsets[i + 1]!;
    const endQ = t.rowOffsets[i + 1]!;
    while (p < endP || q < endQ) {
      const columnP = p < endP ? b.columnIndices[p]! : n;
      const columnQ = q < endQ ? t.columnIndices[q]! : n;
      const column = Math.min(columnP, columnQ);
      const value = (columnP === column ? b.values[p++]! : 0) + (columnQ === column ? t.values[q++]! : 0);
      builder.push(column, value / 2);
    }
    builder.endRow();
  }
  return builder.build();
}
