import { CrossmodalError, type Matrix } from '@crossmodal/core';

/**
 * Refuses a matrix that is not square or has no row.
 *
 * @param where - the function that the error names
 * @throws CrossmodalError `shape` unless the matrix is square and not empty.
 * @example
 * ```ts
 * checkSquare('myMethod', fromRows([[1, 2], [3, 4]]));
 * ```
 */
export function checkSquare(where: string, { rows, columns }: Pick<Matrix, 'rows' | 'columns'>): void {
  if (rows === columns && rows > 0) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: 'a square matrix of at least one row',
    received: `[${rows}, ${columns}]`,
  });
}
