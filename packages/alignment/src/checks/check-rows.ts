import { CrossmodalError, type DenseMatrix } from '@crossmodal/core';

/** Refuses two matrices of different numbers of rows, where row i of one belongs to row i of the other. */
export function checkRows(where: string, a: DenseMatrix, b: DenseMatrix): void {
  if (a.rows === b.rows) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `${a.rows} rows in both, row i of one belonging to row i of the other`,
    received: String(b.rows),
  });
}
