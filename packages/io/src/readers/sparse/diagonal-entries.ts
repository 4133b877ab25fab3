import type { NumericArray } from '../../arrays/array-value.js';
import { formatError } from '../format-error.js';
import type { SparseEntries } from './entries-to-rows.js';

/**
 * Entries of a matrix of diagonals that are not zero: value j of a diagonal stands in column j, and in row `j - offset`.
 *
 * @param offsets - of each diagonal, above the main one where positive
 * @param data - the diagonals, shape `[diagonals, length]`
 */
export function diagonalEntries(
  [rows = 0, columns = 0]: readonly number[],
  offsets: ArrayLike<number>,
  data: NumericArray,
  where: string,
): SparseEntries {
  const [diagonals = 0, length = 0] = data.shape;
  if (data.shape.length !== 2 || offsets.length !== diagonals) {
    const received = `${offsets.length} offsets and data of ${data.shape.join(' x ')}`;
    throw formatError(where, 'one offset for each diagonal', received);
  }
  const places: number[] = [];
  for (let k = 0; k < diagonals; k++) {
    const offset = offsets[k]!;
    if (!Number.isInteger(offset)) throw formatError(where, 'whole offsets of diagonals', `${offset}`);
    const end = Math.min(length, columns, rows + offset);
    for (let j = Math.max(0, offset); j < end; j++) {
      if (data.values[k * length + j] !== 0) places.push(k * length + j);
    }
  }
  const columnOf = (place: number) => place % length;
  return {
    rowIndices: places.map((place) => columnOf(place) - offsets[Math.floor(place / length)]!),
    columnIndices: places.map(columnOf),
    values: Float64Array.from(places, (place) => data.values[place]!),
  };
}
