import { checkBlockFlags, CrossmodalError, type RowBlocks } from '@crossmodal/core';

/** How many rows are present; refuses flags of another length, and to fit on no row. */
export function countPresent(where: string, { rows }: Pick<RowBlocks, 'rows'>, present?: Uint8Array): number {
  checkBlockFlags(where, { rows }, present);
  const count = present === undefined ? rows : present.reduce((sum, flag) => sum + (flag === 0 ? 0 : 1), 0);
  if (count > 0) return count;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: 'one row that is present, at least',
    received: `${rows} rows, none present`,
  });
}
