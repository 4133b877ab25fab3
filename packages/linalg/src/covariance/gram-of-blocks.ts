import {
  checkBlockFlags,
  checkNumber,
  denseMatrix,
  presentInBlock,
  type BlockOptions,
  type DenseMatrix,
  type RowBlocks,
} from '@crossmodal/core';
import { centredRow } from './centred-row.js';
import { projectRows } from '../products/project-rows.js';

/** Options of {@link gramOfBlocks}. */
export interface GramOfBlocksOptions extends Pick<BlockOptions, 'signal'> {
  /** 1 where the row is present, length `n`; absent rows and columns are zero. @defaultValue all are present */
  readonly present?: Uint8Array | undefined;
  /** What is subtracted from every row, length `d`. @defaultValue zeros */
  readonly means?: Float64Array;
  /** Bytes of rows that are kept in memory, at least one row. @defaultValue 64 MiB */
  readonly memory?: number;
}

/**
 * The Gram matrix of rows that come in blocks, `X X^T`; for few rows of many columns. As many rows as fit in `memory` are kept while all
 * rows after them are read; then the next ones.
 *
 * @param source - X, shape `[n, d]`; it is read `8 n d / memory` times, each time from a later row
 * @returns shape `[n, n]`
 * @throws CrossmodalError `shape` when flags are not as many as rows; `option` when `memory` is less than 1 byte; `aborted` when the signal fires; any error of the source.
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[1, 2], [3, 4]]));
 * console.log((await gramOfBlocks(rows)).values); // 5, 11, 11, 25
 * ```
 */
export async function gramOfBlocks(
  source: RowBlocks,
  options: GramOfBlocksOptions = {},
): Promise<DenseMatrix<Float64Array>> {
  const { rows: n, columns: d } = source;
  const { present, means = new Float64Array(d), memory = 64 * 2 ** 20, signal } = options;
  checkNumber('gramOfBlocks', 'memory', memory, 1);
  checkBlockFlags('gramOfBlocks', source, present);
  const gram = new Float64Array(n * n);
  const most = Math.min(n, Math.max(1, Math.floor(memory / (8 * d || 1))));
  const held = new Float64Array(most * d);
  for (let first = 0; first < n; first += most) {
    const count = Math.min(most, n - first);
    held.fill(0);
    for await (const block of source.blocks({ first, signal })) {
      const { start, features } = block;
      const rows = presentInBlock(block, present);
      for (const r of rows) {
        const place = (start + r - first) * d;
        if (start + r < first + count) centredRow(features, r, means, held.subarray(place, place + d));
      }
      const target = new Float64Array(features.rows * count);
      projectRows(features, { rows, means, axes: held, count, target });
      // Held rows that are still to come are zeros here, and meet the others when they come themselves.
      for (const r of rows)
        for (let k = 0; k < count && first + k <= start + r; k++)
          gram[(start + r) * n + first + k] = target[r * count + k]!;
    }
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) gram[j * n + i] = gram[i * n + j]!;
  return denseMatrix(gram, n, n);
}
