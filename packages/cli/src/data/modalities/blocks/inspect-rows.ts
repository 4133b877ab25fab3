import type { FileRows } from '@crossmodal/io';
import type { ModalitySpec } from '../../grammar/modality-spec.js';
import { presenceFlags, someAbsent } from '../present-rows.js';
import { checkValues } from '../round-features.js';

/** What one pass through the rows of a file shows. */
export interface InspectedRows {
  /** 1 per row that is present; undefined when all are. */
  readonly present: Uint8Array | undefined;
  /** Whether whole numbers became the nearest doubles. */
  readonly rounded: boolean;
}

/** Which rows are looked at, and how absent ones are marked. */
export interface InspectRowsOptions {
  readonly absent: ModalitySpec['absent'] | undefined;
  readonly first: number;
  /** Row after the last. */
  readonly end: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Checks that values are finite, before any scaling, and finds the rows that are absent.
 *
 * @throws CrossmodalError `value` naming the first value that is not; `option` when no row is present.
 */
export async function inspectRows(
  where: string,
  rows: FileRows,
  { first, end, absent, signal }: InspectRowsOptions,
): Promise<InspectedRows> {
  const present = new Uint8Array(end - first).fill(1);
  let rounded = false;
  for await (const block of rows.blocks({ first, end, signal })) {
    const start = block.start - first;
    if (absent !== undefined) present.set(presenceFlags(block.features), start);
    checkValues(where, block.features, present.subarray(start, start + block.features.rows), start);
    rounded ||= block.rounded;
  }
  return {
    present: absent === undefined ? undefined : someAbsent(`${where} key 'absent'`, present),
    rounded,
  };
}
