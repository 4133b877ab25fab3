import { CrossmodalError } from '../errors.js';
import type { RowBlocks } from './row-blocks.js';

/**
 * Refuses flags of presence that are not as many as the rows that come in blocks: read block by block, wrong ones would go unseen.
 *
 * @throws CrossmodalError `shape` when there are flags, and not one for each row.
 */
export function checkBlockFlags(
  where: string,
  { rows }: Pick<RowBlocks, 'rows'>,
  present?: Uint8Array,
): void {
  if (present === undefined || present.length === rows) return;
  throw new CrossmodalError({
    code: 'shape',
    where: `${where} 'present'`,
    expected: `${rows} flags, one for each row`,
    received: String(present.length),
  });
}
