import { CrossmodalError, type DenseMatrix } from '@crossmodal/core';

/** Refuses two sets of points of different numbers or dimensions. */
export function checkSameShape(where: string, a: DenseMatrix, b: DenseMatrix): void {
  if (a.rows === b.rows && a.columns === b.columns) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `two matrices of one shape, such as [${a.rows}, ${a.columns}]`,
    received: `[${b.rows}, ${b.columns}]`,
  });
}
