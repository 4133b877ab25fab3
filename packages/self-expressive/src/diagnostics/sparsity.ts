import type { Matrix } from '@crossmodal/core';
import { checkFinite } from '@crossmodal/linalg';

/** Options of {@link sparsity}. */
export interface SparsityOptions {
  /** Sizes up to this share of the largest count as zero, in `[0, 1)`. @defaultValue 0 */
  readonly tolerance?: number;
}

/**
 * Share of entries off the diagonal that are zero.
 *
 * @param s - coefficients or an affinity, shape `[n, n]`
 * @returns in `[0, 1]`: 1 when nothing is connected, also for `n = 1`
 * @throws CrossmodalError `value` when an entry is not finite.
 */
export function sparsity(s: Matrix, options: SparsityOptions = {}): number {
  const { tolerance = 0 } = options;
  const { rows, columns } = s;
  checkFinite('sparsity', s.values);
  let largest = 0;
  for (const value of s.values) largest = Math.max(largest, Math.abs(value));
  const bound = tolerance * largest;
  let connected = 0;
  for (let i = 0; i < rows; i++) {
    const start = s.kind === 'dense' ? i * columns : s.rowOffsets[i]!;
    const end = s.kind === 'dense' ? start + columns : s.rowOffsets[i + 1]!;
    for (let p = start; p < end; p++) {
      const j = s.kind === 'dense' ? p - start : s.columnIndices[p]!;
      if (j !== i && Math.abs(s.values[p]!) > bound) connected++;
    }
  }
  const pairs = rows * columns - Math.min(rows, columns);
  return pairs === 0 ? 1 : 1 - connected / pairs;
}
