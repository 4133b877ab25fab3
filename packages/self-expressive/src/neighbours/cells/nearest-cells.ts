import { throwIfAborted, yieldToEvents, type DenseMatrix } from '@crossmodal/core';
import { compile, tf } from '@crossmodal/tensors';
import { halfSquares, type CellRanking } from './half-squares.js';

/** Options of {@link nearestCells}. */
export interface NearestCellsOptions {
  /** Cells found for each row, no more than there are. */
  readonly count: number;
  readonly ranking: CellRanking;
  /** Bytes that one block may take. */
  readonly memory: number;
  readonly where: string;
  readonly signal?: AbortSignal | undefined;
}

/** Rows in one block, at most. */
const MOST_ROWS = 4096;

/**
 * The cells of the nearest means of each row, nearest first.
 *
 * @param rows - shape `[m, d]`
 * @param means - shape `[cells, d]`
 * @returns row-major, shape `[m, count]`
 */
export async function nearestCells(
  rows: DenseMatrix<Float32Array>,
  means: DenseMatrix<Float32Array>,
  { count, ranking, memory, where, signal }: NearestCellsOptions,
): Promise<Int32Array> {
  const { rows: m, columns: d, values } = rows;
  const cells = means.rows;
  const size = Math.min(m, MOST_ROWS, Math.max(1, Math.floor(memory / (4 * (cells + d)))));
  const found = new Int32Array(m * count);
  const all = tf.tensor2d(means.values.slice(), [cells, d]);
  const offsets = tf.tensor1d(halfSquares(means, ranking));
  const step = compile(({ part, all, offsets }) => {
    const scores = tf.sub(tf.matMul(part!, all!, false, true), offsets!);
    return { cells: count === 1 ? tf.argMax(scores, 1) : tf.topk(scores, count, true).indices };
  });
  try {
    for (let next = 0; next < m; next += size) {
      throwIfAborted(signal, where);
      // The last block goes back to full size, so that all blocks share one compilation.
      const start = Math.min(next, m - size);
      const part = tf.tensor2d(values.slice(start * d, (start + size) * d), [size, d]);
      try {
        found.set((await step.run({ part, all, offsets }))['cells']!, start * count);
      } finally {
        part.dispose();
      }
      await yieldToEvents();
    }
    return found;
  } finally {
    step.dispose();
    tf.dispose([all, offsets]);
  }
}
