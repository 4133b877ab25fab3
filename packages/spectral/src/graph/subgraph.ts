import type { CsrMatrix, Matrix } from '@crossmodal/core';

/**
 * The graph of some vertices and the edges between them.
 *
 * @param vertices - ascending, `[m]`
 * @returns `[m, m]`, of the same kind, in 8-byte numbers
 */
export function subgraph(affinity: Matrix, vertices: Int32Array): Matrix {
  if (affinity.kind === 'csr') return sparseSubgraph(affinity, vertices);
  const m = vertices.length;
  const values = new Float64Array(m * m);
  vertices.forEach((from, i) => {
    const row = from * affinity.columns;
    vertices.forEach((column, j) => (values[i * m + j] = affinity.values[row + column]!));
  });
  return { kind: 'dense', rows: m, columns: m, values };
}

function sparseSubgraph(affinity: CsrMatrix, vertices: Int32Array): CsrMatrix {
  const m = vertices.length;
  const place = new Int32Array(affinity.rows).fill(-1);
  vertices.forEach((vertex, i) => (place[vertex] = i));
  const rowOffsets = new Int32Array(m + 1);
  const columnIndices: number[] = [];
  const values: number[] = [];
  vertices.forEach((vertex, i) => {
    for (let p = affinity.rowOffsets[vertex]!; p < affinity.rowOffsets[vertex + 1]!; p++) {
      const column = place[affinity.columnIndices[p]!]!;
      if (column < 0) continue;
      columnIndices.push(column);
      values.push(affinity.values[p]!);
    }
    rowOffsets[i + 1] = values.length;
  });
  return {
    kind: 'csr',
    rows: m,
    columns: m,
    rowOffsets,
    columnIndices: Int32Array.from(columnIndices),
    values: Float64Array.from(values),
  };
}
