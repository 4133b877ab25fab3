import { CrossmodalError } from './errors.js';
import type { CsrMatrix } from './matrix.js';

/**
 * Renumbers rows and columns of a square sparse matrix: entry `(i, j)` moves to `(places[i], places[j])`.
 *
 * @param matrix - shape `[n, n]`
 * @param places - a permutation of `0..n-1`
 * @returns shape `[n, n]`
 * @throws CrossmodalError `shape` when the matrix is not square, or there is not one place for each row; `value` when a place is given
 * twice or beyond the rows.
 */
export function permuteSymmetric<T extends Float32Array | Float64Array>(
  matrix: CsrMatrix<T>,
  places: ArrayLike<number>,
): CsrMatrix<T> {
  const { rows, columns, rowOffsets, columnIndices, values } = matrix;
  checkPlaces(rows, columns, places);
  const offsets = new Int32Array(rows + 1);
  for (let i = 0; i < rows; i++) offsets[places[i]! + 1] = rowOffsets[i + 1]! - rowOffsets[i]!;
  for (let i = 0; i < rows; i++) offsets[i + 1]! += offsets[i]!;
  const newColumns = new Int32Array(values.length);
  const newValues = values.slice() as T;
  for (let i = 0; i < rows; i++) {
    const start = rowOffsets[i]!;
    const count = rowOffsets[i + 1]! - start;
    const order = Array.from({ length: count }, (_, k) => start + k).sort(
      (p, q) => places[columnIndices[p]!]! - places[columnIndices[q]!]!,
    );
    order.forEach((p, k) => {
      const to = offsets[places[i]!]! + k;
      newColumns[to] = places[columnIndices[p]!]!;
      newValues[to] = values[p]!;
    });
  }
  return { kind: 'csr', rows, columns, rowOffsets: offsets, columnIndices: newColumns, values: newValues };
}

function checkPlaces(rows: number, columns: number, places: ArrayLike<number>): void {
  const where = 'permuteSymmetric';
  if (rows !== columns || places.length !== rows) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'a square matrix, and a place for each row',
      received: `shape [${rows}, ${columns}] and ${places.length} places`,
    });
  }
  const taken = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) {
    const place = places[i]!;
    // Of any other number there is no flag, so that it is not 0.
    if (taken[place] !== 0) {
      throw new CrossmodalError({
        code: 'value',
        where,
        expected: `each of 0..${rows - 1} once`,
        received: `${place} ${taken[place] === 1 ? 'twice' : `at ${i}`}`,
      });
    }
    taken[place] = 1;
  }
}
