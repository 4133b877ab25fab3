import type { CsrMatrix } from '@crossmodal/core';
import { CsrBuilder } from './csr-builder.js';

/** `(B + B^T) / 2` of a square sparse matrix; exactly symmetric, since both sums add the same two numbers. */
export function symmetrise(b: CsrMatrix<Float32Array>): CsrMatrix<Float32Array> {
  const n = b.rows;
  const t = transpose(b);
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

/** Transpose in compressed sparse rows; columns ascend because rows are visited in order. */
function transpose(b: CsrMatrix<Float32Array>): CsrMatrix<Float32Array> {
  const rowOffsets = new Int32Array(b.columns + 1);
  for (const column of b.columnIndices) rowOffsets[column + 1]!++;
  for (let j = 0; j < b.columns; j++) rowOffsets[j + 1]! += rowOffsets[j]!;
  const next = rowOffsets.slice();
  const columnIndices = new Int32Array(b.columnIndices.length);
  const values = new Float32Array(b.values.length);
  for (let i = 0; i < b.rows; i++) {
    for (let p = b.rowOffsets[i]!; p < b.rowOffsets[i + 1]!; p++) {
      const place = next[b.columnIndices[p]!]!++;
      columnIndices[place] = i;
      values[place] = b.values[p]!;
    }
  }
  return { kind: 'csr', rows: b.columns, columns: b.rows, rowOffsets, columnIndices, values };
}
