import type { DenseMatrix } from '@crossmodal/core';
import { usageError } from '../../errors/usage-error.js';

/**
 * Flags of the rows that hold any value but NaN, 1 per row that is present; undefined when all are. A row with some NaN counts as present,
 * so that it is refused like any other value that is missing.
 *
 * @throws CrossmodalError `option` when no row is present.
 */
export function presentRows(where: string, features: DenseMatrix): Uint8Array | undefined {
  return someAbsent(where, presenceFlags(features));
}

/** 1 per row that holds any value but NaN. */
export function presenceFlags({ rows, columns, values }: DenseMatrix): Uint8Array {
  return Uint8Array.from({ length: rows }, (_, i) =>
    values.subarray(i * columns, (i + 1) * columns).every(Number.isNaN) ? 0 : 1,
  );
}

/**
 * The flags where some row is absent; undefined where none is.
 *
 * @throws CrossmodalError `option` when no row is present.
 */
export function someAbsent(where: string, present: Uint8Array): Uint8Array | undefined {
  const count = countPresent(present);
  if (count === 0 && present.length > 0)
    throw usageError(where, 'a row that is present', `${present.length} rows of NaN`);
  return count === present.length ? undefined : present;
}

/** How many rows are present. */
export function countPresent(present: Uint8Array): number {
  return present.reduce((sum, flag) => sum + flag, 0);
}
