import { CrossmodalError, type CsrMatrix, type Matrix } from '@crossmodal/core';
import { CsrBuilder } from './csr-builder.js';
import { StrongestOfRow } from './strongest-of-row.js';

/** Options of {@link strongestRows}. */
export interface StrongestRowsOptions {
  /** Coefficients kept in each row, 1 or more. */
  readonly neighbours: number;
  /**
   * `both`: coefficients count by size, whatever their sign; `positive`: negative ones are dropped, for kernels in which opposite
   * samples are unlike each other; `negative`: positive ones are, for matrices of which the coefficients are the opposite.
   *
   * @defaultValue 'both'
   */
  readonly sign?: 'both' | 'positive' | 'negative';
  /** Whether entries `(i, i)` may be kept. @defaultValue true */
  readonly diagonal?: boolean;
}

/**
 * The directed half of {@link strongestAffinity}: in each row the `k` largest `|S_ij|`, divided by the largest.
 *
 * @param s - coefficients, shape `[m, n]`: of samples on themselves, or of new samples on known ones
 * @returns shape `[m, n]`, in `[0, 1]`
 * @throws CrossmodalError `option` when `neighbours` is not a positive integer, or `sign` is another.
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
  if (!['both', 'positive', 'negative'].includes(sign)) {
    throw new CrossmodalError({
      code: 'option',
      where: "strongestRows option 'sign'",
      expected: "'both', 'positive' or 'negative'",
      received: String(sign),
    });
  }
  const { rows, columns, values } = s;
  const strongest = new StrongestOfRow(Math.min(neighbours, columns));
  const builder = new CsrBuilder(rows, columns);
  const sizes = new Float64Array(columns);
  const upwards = sign !== 'negative';
  const downwards = sign !== 'positive';
  for (let i = 0; i < rows; i++) {
    strongest.clear();
    const excluded = diagonal ? -1 : i;
    const sparse = s.kind === 'csr';
    const start = sparse ? s.rowOffsets[i]! : i * columns;
    const end = sparse ? s.rowOffsets[i + 1]! : start + columns;
    let ceiling = upwards ? 0 : Infinity;
    let floor = downwards ? 0 : -Infinity;
    for (let p = start; p < end; p++) {
      const value = values[p]!;
      // Few entries get past what is picked already, so that the loop is these comparisons.
      if (value <= ceiling && value >= floor) continue;
      const column = sparse ? s.columnIndices[p]! : p - start;
      if (column === excluded) continue;
      strongest.offer(column, value);
      if (upwards) ceiling = strongest.floor;
      if (downwards) floor = -strongest.floor;
    }
    const { count } = strongest;
    for (let p = 0; p < count; p++) sizes[strongest.columns[p]!] = strongest.sizes[p]! / strongest.sizes[0]!;
    for (const j of strongest.columns.slice(0, count).sort()) builder.push(j, sizes[j]!);
    builder.endRow();
  }
  return builder.build();
}
