import { isCrossmodalError, type CsrMatrix } from '@crossmodal/core';
import type { ArrayValue, NumericArray } from '../../arrays/array-value.js';
import { describeArray } from '../../arrays/describe-array.js';
import type { StoredVariable } from '../../arrays/lazy-variables.js';
import { summariseVariable } from '../../arrays/summarise-variable.js';
import { formatError } from '../format-error.js';
import { blockEntries } from './block-entries.js';
import { diagonalEntries } from './diagonal-entries.js';
import { entriesToRows, type SparseEntries } from './entries-to-rows.js';
import { expandOffsets } from './expand-offsets.js';

/** Members that say where the values stand, and the formats they belong to. */
const LAYOUTS: readonly { readonly places: readonly string[]; readonly formats: readonly string[] }[] = [
  { places: ['indices', 'indptr'], formats: ['csr', 'csc', 'bsr'] },
  { places: ['row', 'col'], formats: ['coo'] },
  { places: ['coords'], formats: ['coo'] },
  { places: ['offsets'], formats: ['dia'] },
];

/** What an archive holds, decoded when it is asked for. */
interface Archive {
  readonly format: () => string;
  readonly shape: () => readonly number[];
  readonly places: readonly string[];
  readonly logical: () => boolean;
  readonly numbers: (name: string) => NumericArray;
  readonly where: string;
}

/**
 * The matrix of an archive that `scipy.sparse.save_npz` wrote, in any of its formats, as one variable; undefined for other archives.
 *
 * An archive is one of these when it holds the members of one format, all of them and no others, and names a format.
 */
export function scipyMatrix(
  members: ReadonlyMap<string, ArrayValue>,
  where: string,
): StoredVariable | undefined {
  const names = new Set(members.keys());
  // Sparse arrays, unlike sparse matrices, carry a mark.
  names.delete('_is_array');
  const layout = LAYOUTS.find(({ places }) => {
    const expected = ['format', 'shape', 'data', ...places];
    return names.size === expected.length && expected.every((name) => names.has(name));
  });
  if (layout === undefined || !namesFormat(members)) return undefined;
  const numbers = (name: string): NumericArray => {
    const value = members.get(name)!;
    if (value.kind === 'array') return value;
    throw formatError(where, `numbers as member '${name}' of a sparse matrix`, describeArray(value));
  };
  const shape = () => Array.from(numbers('shape').values);
  const format = () => {
    const name = formatOf(members);
    if (layout.formats.includes(name)) return name;
    throw formatError(where, `members of a sparse matrix of format ${name}`, layout.places.join(', '));
  };
  const logical = () => summariseVariable(members, 'data')?.logical === true;
  const archive = { format, shape, places: layout.places, logical, numbers, where };
  return {
    summarise: () => ({
      kind: 'csr',
      shape: shape(),
      description: `a sparse matrix of ${shape().join(' x ')}`,
    }),
    read: () => decode(archive),
  };
}

/** Whether the archive names some format, or hides which one, which reading it tells. */
function namesFormat(members: ReadonlyMap<string, ArrayValue>): boolean {
  try {
    return LAYOUTS.some(({ formats }) => formats.includes(formatOf(members)));
  } catch (error) {
    if (isCrossmodalError(error)) return true;
    throw error;
  }
}

function formatOf(members: ReadonlyMap<string, ArrayValue>): string {
  const value = members.get('format')!;
  return value.kind === 'text' && value.items.length === 1 ? value.items[0]! : '';
}

function decode(archive: Archive): CsrMatrix {
  const { where } = archive;
  const shape = archive.shape();
  const entries = entriesOf(archive, shape);
  const { rowIndices, columnIndices, values } = entries;
  if (rowIndices.length !== values.length || columnIndices.length !== values.length) {
    const received = `${rowIndices.length}, ${columnIndices.length} and ${values.length}`;
    throw formatError(where, 'as many rows and columns as values of a sparse matrix', received);
  }
  return entriesToRows(shape, { ...entries, logical: archive.logical() }, where);
}

function entriesOf(archive: Archive, shape: readonly number[]): SparseEntries {
  const { numbers, where } = archive;
  const format = archive.format();
  const data = numbers('data');
  if (format === 'coo') return { ...coordinates(archive), values: data.values };
  if (format === 'dia') return diagonalEntries(shape, numbers('offsets').values, data, where);
  const indices = numbers('indices').values;
  const offsets = numbers('indptr').values;
  if (format === 'bsr') return blockEntries(shape, offsets, indices, data, where);
  const lines = (format === 'csr' ? shape[0] : shape[1]) ?? 0;
  const line = expandOffsets(offsets, lines, Math.min(indices.length, data.values.length), where);
  const places = indices.subarray(0, line.length);
  const values = data.values.slice(0, line.length);
  return format === 'csr'
    ? { rowIndices: line, columnIndices: places, values }
    : { rowIndices: places, columnIndices: line, values };
}

/** Rows and columns of single entries: two members, or the two rows of one. */
function coordinates({ numbers, places }: Archive): Omit<SparseEntries, 'values'> {
  if (places.length === 2) return { rowIndices: numbers('row').values, columnIndices: numbers('col').values };
  const { values } = numbers('coords');
  return {
    rowIndices: values.subarray(0, values.length / 2),
    columnIndices: values.subarray(values.length / 2),
  };
}
