import { CrossmodalError, type CsrMatrix, type Matrix } from '@crossmodal/core';
import { CsrBuilder } from './csr-builder.js';
import { StrongestOfRow } from './strongest-of-row.js';

/** Options of {@link strongestRows}. */
export interface StrongestRowsOptions {
  /** Coefficients kept in each row, 1 or more. */
  readonly neighbours: number;
  /**
   * `both`: coefficients count by size, whatever their sign; `positive`: negative ones are dropped, for kernels in which opposite
   * samples are unlike each other.
   *
   * @defaultValue 'both'
   */
  readonly sign?: 'both' | 'positive';
  /** Whether entries `(i, i)` may be kept. @defaultValue true */
  readonly diagonal?: boolean;
}

/**
 * The directed half of {@link strongestAffinity}: in each row the `k` largest `|S_ij|`, divided by the largest.
 *
 * @param s - coefficients, shape `[m, n]`: of samples on themselves, or of new samples on known ones
 * @returns shape `[m, n]`, in `[0, 1]`
 * @throws CrossmodalError `option` when `neighbours` is not a positive integer.
 */
export function strongestRows(s: Matrix, options: StrongestRowsOptions): CsrMatrix<Float32Array> {
  const { neighbours, sign = 'both', diagonal = true } = options;
  if (!Number.isInteger(neighbours) || neighbours < 1) {
    throw new CrossmodalError({
      code: 'option',
      where: "strongestRows option 'neighbours'",
      expected: 'an integer of 1 or more',
      received: String(neighbours),
    });
  }
  const { rows, columns } = s;
  const strongest = new StrongestOfRow(Math.min(neighbours, columns));
  const builder = new CsrBuilder(rows, columns);
  const sizes = new Float64Array(columns);
  const least = sign === 'positive' ? 0 : -Infinity;
  for (let i = 0; i < rows; i++) {
    strongest.clear();
    const excluded = diagonal ? -1 : i;
    if (s.kind === 'dense') {
      const offset = i * columns;
      for (let j = 0; j < columns; j++) {
        const value = s.values[offset + j]!;
        if (j !== excluded && value > least) strongest.offer(j, value);
      }
    } else {
      for (let p = s.rowOffsets[i]!; p < s.rowOffsets[i + 1]!; p++) {
        const value = s.values[p]!;
        if (s.columnIndices[p] !== excluded && value > least) strongest.offer(s.columnIndices[p]!, value);
      }
    }
    const { count } = strongest;
    for (let p = 0; p < count; p++) sizes[strongest.columns[p]!] = strongest.sizes[p]! / strongest.sizes[0]!;
    for (const j of strongest.columns.slice(0, count).sort()) builder.push(j, sizes[j]!);
    builder.endRow();
  }
  return builder.build();
}
