import { formatError } from '../format-error.js';

/**
 * The line (row of compressed rows, column of compressed columns) of each stored value.
 *
 * @param offsets - start of each line among the values, length `lines + 1`
 * @param available - values that there are; those behind the last offset are unused
 * @throws CrossmodalError `format` when the offsets do not start at 0, descend, or lead beyond the values.
 */
export function expandOffsets(
  offsets: ArrayLike<number>,
  lines: number,
  available: number,
  where: string,
): Int32Array {
  if (offsets.length !== lines + 1)
    throw formatError(where, `${lines + 1} offsets of compressed lines`, `${offsets.length}`);
  const stored = offsets[lines]!;
  if (offsets[0] !== 0) throw formatError(where, 'offsets from 0', `${offsets[0]}`);
  if (!(Number.isInteger(stored) && stored >= 0 && stored <= available))
    throw formatError(where, `at most ${available} stored values`, `${stored}`);
  const result = new Int32Array(stored);
  for (let line = 0; line < lines; line++) {
    const [start, end] = [offsets[line]!, offsets[line + 1]!];
    if (!(Number.isInteger(end) && end >= start && end <= stored))
      throw formatError(where, 'whole offsets that ascend', `${start} then ${end}`);
    result.fill(line, start, end);
  }
  return result;
}
