import { CrossmodalError, csrMatrix, type CsrMatrix } from '@crossmodal/core';

/**
 * Weighted sum of sparse matrices, `sum_g w_g A_g`. Every entry is summed in the order of the matrices, so the sum of symmetric matrices is
 * symmetric to the last bit. Matrices of weight 0 leave no entries.
 *
 * @param matrices - shape `[m, n]` each
 * @param weights - one per matrix. @defaultValue all 1
 * @returns shape `[m, n]`
 * @throws CrossmodalError `shape` when there is no matrix, shapes differ, or there is not one weight per matrix.
 * @example
 * ```ts
 * const a = toCsr(fromRows([[0, 1], [1, 0]]));
 * const b = toCsr(fromRows([[3, 0], [0, 3]]));
 * console.log(weightedSumCsr([a, b], [2, 1]).values); // 3, 2, 2, 3
 * ```
 */
export function weightedSumCsr(
  matrices: readonly CsrMatrix[],
  weights: ArrayLike<number> = matrices.map(() => 1),
): CsrMatrix<Float64Array> {
  const { rows, columns } = checkShapes(matrices, weights);
  const used = matrices.flatMap((matrix, g) => (weights[g] === 0 ? [] : [{ matrix, weight: weights[g]! }]));
  const capacity = used.reduce((sum, { matrix }) => sum + matrix.values.length, 0);
  const rowOffsets = new Int32Array(rows + 1);
  const columnIndices = new Int32Array(capacity);
  const values = new Float64Array(capacity);
  const sums = new Float64Array(columns);
  const seen = new Uint8Array(columns);
  let end = 0;
  for (let i = 0; i < rows; i++) {
    const start = end;
    for (const { matrix, weight } of used) {
      for (let p = matrix.rowOffsets[i]!; p < matrix.rowOffsets[i + 1]!; p++) {
        const j = matrix.columnIndices[p]!;
        if (seen[j] === 0) {
          seen[j] = 1;
          columnIndices[end++] = j;
        }
        sums[j]! += weight * matrix.values[p]!;
      }
    }
    columnIndices.subarray(start, end).sort();
    for (let p = start; p < end; p++) {
      const j = columnIndices[p]!;
      values[p] = sums[j]!;
      sums[j] = 0;
      seen[j] = 0;
    }
    rowOffsets[i + 1] = end;
  }
  return csrMatrix(rows, columns, rowOffsets, columnIndices.slice(0, end), values.slice(0, end));
}

function checkShapes(matrices: readonly CsrMatrix[], weights: ArrayLike<number>): CsrMatrix {
  const [first] = matrices;
  const alike = matrices.every(({ rows, columns }) => rows === first!.rows && columns === first!.columns);
  if (first !== undefined && alike && weights.length === matrices.length) return first;
  throw new CrossmodalError({
    code: 'shape',
    where: 'weightedSumCsr',
    expected: 'one matrix at least, all of one shape, and one weight per matrix',
    received:
      first === undefined
        ? 'none'
        : `${matrices.map(({ rows, columns }) => `[${rows}, ${columns}]`).join(', ')} and ${weights.length} weights`,
  });
}
