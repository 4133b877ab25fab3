import type { CsrMatrix, DenseMatrix, Matrix } from '@crossmodal/core';

/**
 * Gives each vertex without edges a loop. Its degree is then not 0, its row of the normalised adjacency is its indicator, with
 * eigenvalue 1, and it is a connected component like any other. A graph that has no such vertex is returned as it is.
 *
 * @param affinity - `[n, n]`, symmetric, non-negative
 * @param degree - row sums of the affinity, `[n]`
 * @param weight - weight of each loop, positive
 */
export function withLoops(affinity: Matrix, degree: Float64Array, weight: number): Matrix {
  if (!degree.includes(0)) return affinity;
  return affinity.kind === 'csr'
    ? sparseWithLoops(affinity, degree, weight)
    : denseWithLoops(affinity, degree, weight);
}

function denseWithLoops(affinity: DenseMatrix, degree: Float64Array, weight: number): DenseMatrix {
  const values = Float64Array.from(affinity.values);
  degree.forEach((d, i) => {
    if (d === 0) values[i * affinity.columns + i] = weight;
  });
  return { ...affinity, values };
}

/** Rows without edges become their loop alone: what they store is zeros. */
function sparseWithLoops(affinity: CsrMatrix, degree: Float64Array, weight: number): CsrMatrix {
  const { rows } = affinity;
  const capacity = affinity.values.length + rows;
  const rowOffsets = new Int32Array(rows + 1);
  const columnIndices = new Int32Array(capacity);
  const values = new Float64Array(capacity);
  let q = 0;
  for (let i = 0; i < rows; i++) {
    if (degree[i] === 0) {
      columnIndices[q] = i;
      values[q++] = weight;
    } else {
      for (let p = affinity.rowOffsets[i]!; p < affinity.rowOffsets[i + 1]!; p++) {
        columnIndices[q] = affinity.columnIndices[p]!;
        values[q++] = affinity.values[p]!;
      }
    }
    rowOffsets[i + 1] = q;
  }
  return { ...affinity, rowOffsets, columnIndices: columnIndices.slice(0, q), values: values.slice(0, q) };
}
