import type { NumericArray } from '../../arrays/array-value.js';
import { formatError } from '../format-error.js';
import type { SparseEntries } from './entries-to-rows.js';
import { expandOffsets } from './expand-offsets.js';

/**
 * Entries of a matrix of compressed rows of blocks.
 *
 * @param offsets - start of each row of blocks, length `rows / height + 1`
 * @param indices - column of each block, counted in blocks
 * @param data - the blocks, shape `[blocks, height, width]`
 */
export function blockEntries(
  [rows = 0, columns = 0]: readonly number[],
  offsets: ArrayLike<number>,
  indices: ArrayLike<number>,
  data: NumericArray,
  where: string,
): SparseEntries {
  const [blocks = 0, height = 0, width = 0] = data.shape;
  const size = height * width;
  if (data.shape.length !== 3 || size === 0 || rows % height !== 0 || columns % width !== 0) {
    throw formatError(where, `blocks that tile ${rows} x ${columns}`, `blocks of ${height} x ${width}`);
  }
  const blockRows = expandOffsets(offsets, rows / height, Math.min(blocks, indices.length), where);
  const count = blockRows.length * size;
  const rowIndices = new Int32Array(count);
  const columnIndices = new Float64Array(count);
  for (let p = 0; p < count; p++) {
    const block = Math.floor(p / size);
    const inside = p % size;
    rowIndices[p] = blockRows[block]! * height + Math.floor(inside / width);
    columnIndices[p] = indices[block]! * width + (inside % width);
  }
  return { rowIndices, columnIndices, values: data.values.slice(0, count) };
}
