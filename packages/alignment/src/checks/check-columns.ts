import { CrossmodalError, type DenseMatrix } from '@crossmodal/core';

/** Refuses rows of another number of columns than expected. */
export function checkColumns(where: string, { rows, columns }: DenseMatrix, expected: number): void {
  if (columns === expected) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `rows [n, ${expected}]`,
    received: `[${rows}, ${columns}]`,
  });
}
