import { denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { rowRanges, type LazyRows } from '../../solvers/sparse/lazy-rows.js';

/** Rows looked at for each column: the directions of so many hold what those of all do: the clusters of 20,000 digits are as good with four times the rows. */
const ROWS_PER_COLUMN = 2;
/** Rows are drawn in runs of so many: short ones, since neighbouring rows may be alike. */
const BLOCK_ROWS = 64;

/** A sample of rows whose second moments hold what those of all do, two per column: short runs drawn at random. */
export function sampledRows(blocks: LazyRows, random: RandomSource): DenseMatrix<Float32Array> {
  const d = blocks.columns;
  const ranges = rowRanges(blocks.rows, BLOCK_ROWS);
  const count = Math.ceil((ROWS_PER_COLUMN * d) / BLOCK_ROWS);
  const drawn = random.fork('sample').permutation(ranges.length).slice(0, count);
  const parts = Array.from(drawn.sort(), (b) => blocks.read(...ranges[b]!));
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const values = new Float32Array(rows * d);
  let end = 0;
  for (const part of parts) {
    values.set(part.values, end);
    end += part.values.length;
  }
  return denseMatrix(values, rows, d);
}
