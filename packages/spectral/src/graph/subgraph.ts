import type { CsrMatrix, Matrix } from '@crossmodal/core';

/**
 * The graph of some vertices and the edges between them.
 *
 * @param vertices - ascending, `[m]`
 * @returns `[m, m]`, of the same kind, in 8-byte numbers
 * @example
 * ```ts
 * const path = fromRows([[0, 1, 0], [1, 0, 2], [0, 2, 0]]);
 * console.log(subgraph(path, Int32Array.of(1, 2)).values); // 0, 2, 2, 0
 * ```
 */
export function subgraph(affinity: CsrMatrix, vertices: Int32Array): CsrMatrix;
export function subgraph(affinity: Matrix, vertices: Int32Array): Matrix;
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
  const capacity = vertices.reduce(
    (sum, v) => sum + affinity.rowOffsets[v + 1]! - affinity.rowOffsets[v]!,
    0,
  );
  const columnIndices = new Int32Array(capacity);
  const values = new Float64Array(capacity);
  let q = 0;
  vertices.forEach((vertex, i) => {
    for (let p = affinity.rowOffsets[vertex]!; p < affinity.rowOffsets[vertex + 1]!; p++) {
      const column = place[affinity.columnIndices[p]!]!;
      if (column < 0) continue;
      columnIndices[q] = column;
      values[q++] = affinity.values[p]!;
    }
    rowOffsets[i + 1] = q;
  });
  return {
    kind: 'csr',
    rows: m,
    columns: m,
    rowOffsets,
    columnIndices: columnIndices.slice(0, q),
    values: values.slice(0, q),
  };
}
