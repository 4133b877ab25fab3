import { toDense } from '@crossmodal/core';
import { readNpz, selectArray, summariseVariable, writeNpy } from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { zipSync } from 'fflate';
import { describe, expect, test as plain } from 'vitest';
import { npy } from './npy-file.js';

interface Entry {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}
interface Sparse {
  readonly rows: number;
  readonly columns: number;
  readonly entries: readonly Entry[];
}
type Members = Readonly<Record<string, Uint8Array>>;
type IndexType = 'i4' | 'i8';

/** Matrices `[2 a, 2 b]` with entries in any order, several at one place and zeros among them. */
const sparse: fc.Arbitrary<Sparse> = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .chain(([a, b]) => {
    const entry = fc.record({
      row: fc.nat(2 * a - 1),
      column: fc.nat(2 * b - 1),
      value: fc.integer({ min: -3, max: 3 }),
    });
    return fc.array(entry, { maxLength: 20 }).map((entries) => ({ rows: 2 * a, columns: 2 * b, entries }));
  });
const indexType = fc.constantFrom<IndexType>('i4', 'i8');

/** The sums by place, row after row. */
function dense({ rows, columns, entries }: Sparse): number[] {
  const sums = new Array<number>(rows * columns).fill(0);
  for (const { row, column, value } of entries) sums[row * columns + column]! += value;
  return sums;
}

function integers(values: readonly number[], type: IndexType): Uint8Array {
  const data = type === 'i4' ? Int32Array.from(values) : BigInt64Array.from(values, BigInt);
  return npy(1, `'<${type}'`, false, `${values.length},`, new Uint8Array(data.buffer));
}

function text(name: string, wide: boolean): Uint8Array {
  const codes = Uint8Array.from(name, (c) => c.charCodeAt(0));
  return wide
    ? npy(1, `'<U${name.length}'`, false, '', new Uint8Array(Uint32Array.from(codes).buffer))
    : npy(1, `'|S${name.length}'`, false, '', codes);
}

function doubles(values: readonly number[], shape = [values.length]): Uint8Array {
  return writeNpy({ shape, values: Float64Array.from(values) });
}

function archive(format: string, { rows, columns }: Sparse, parts: Members): Record<string, Uint8Array> {
  const wide = parts['data']!.length % 2 === 0;
  const members = { format: text(format, wide), shape: integers([rows, columns], 'i8'), ...parts };
  return Object.fromEntries(Object.entries(members).map(([name, bytes]) => [`${name}.npy`, bytes]));
}

/** Compressed lines: entries in the order of their line, unsorted inside. */
function compressed(matrix: Sparse, line: 'row' | 'column', type: IndexType): Members {
  const other = line === 'row' ? 'column' : 'row';
  const sorted = [...matrix.entries].sort((a, b) => a[line] - b[line]);
  const offsets = Array.from(
    { length: (line === 'row' ? matrix.rows : matrix.columns) + 1 },
    (_, k) => sorted.filter((entry) => entry[line] < k).length,
  );
  return {
    indices: integers(
      sorted.map((entry) => entry[other]),
      type,
    ),
    indptr: integers(offsets, type),
    data: doubles(sorted.map(({ value }) => value)),
  };
}

/** How `scipy.sparse.save_npz` lays out each format. */
const layouts: Readonly<Record<string, (matrix: Sparse, type: IndexType) => Members>> = {
  csr: (matrix, type) => compressed(matrix, 'row', type),
  csc: (matrix, type) => compressed(matrix, 'column', type),
  coo: ({ entries }, type) => ({
    row: integers(
      entries.map(({ row }) => row),
      type,
    ),
    col: integers(
      entries.map(({ column }) => column),
      type,
    ),
    data: doubles(entries.map(({ value }) => value)),
  }),
  // Each entry in a block of 2 x 2 of its own, so blocks repeat.
  bsr: (matrix, type) => {
    const blocks = matrix.entries.map(({ row, column, value }) => ({
      row: row >> 1,
      column: column >> 1,
      value: [0, 1, 2, 3].map((place) => (place === (row & 1) * 2 + (column & 1) ? value : 0)),
    }));
    blocks.sort((a, b) => a.row - b.row);
    const offsets = Array.from(
      { length: matrix.rows / 2 + 1 },
      (_, k) => blocks.filter(({ row }) => row < k).length,
    );
    return {
      indices: integers(
        blocks.map(({ column }) => column),
        type,
      ),
      indptr: integers(offsets, type),
      data: doubles(
        blocks.flatMap(({ value }) => value),
        [blocks.length, 2, 2],
      ),
    };
  },
  dia: (matrix, type) => {
    const offsets = Array.from({ length: matrix.rows + matrix.columns - 1 }, (_, k) => k - matrix.rows + 1);
    const sums = dense(matrix);
    const data = offsets.flatMap((offset) =>
      Array.from({ length: matrix.columns }, (_, j) => {
        const i = j - offset;
        // What a diagonal holds outside of the matrix does not count.
        return i >= 0 && i < matrix.rows ? sums[i * matrix.columns + j]! : 99;
      }),
    );
    return { offsets: integers(offsets, type), data: doubles(data, [offsets.length, matrix.columns]) };
  },
};

describe.each(Object.entries(layouts))('an archive of format %s', (format, layout) => {
  test.prop([sparse, indexType, fc.boolean()])('is the matrix it holds', (matrix, type, isArray) => {
    const mark = isArray ? { _is_array: npy(1, "'|b1'", false, '', Uint8Array.of(1)) } : {};
    const read = readNpz(zipSync(archive(format, matrix, { ...layout(matrix, type), ...mark })));
    expect([...read.keys()]).toEqual(['data']);
    expect(summariseVariable(read, 'data')).toMatchObject({
      kind: 'csr',
      shape: [matrix.rows, matrix.columns],
    });
    const found = selectArray(read);
    if (found.kind !== 'csr') throw new Error('not sparse');
    expect(Array.from(toDense(found).values)).toEqual(dense(matrix));
  });

  test.prop([sparse, fc.nat(), fc.constantFrom(-1, 1e6, 2 ** 40, 0.5)])(
    'is read or refused with a typed error when a number in it is damaged',
    (matrix, place, damage) => {
      const parts = Object.entries(archive(format, matrix, layout(matrix, 'i8')));
      // What names no format is another archive.
      parts.shift();
      const [name, bytes] = parts[place % parts.length]!;
      const start = 10 + bytes[8]! + 256 * bytes[9]!;
      const changed = bytes.slice();
      const view = new DataView(changed.buffer);
      if (changed.length < start + 8) return;
      if (Number.isInteger(damage)) view.setBigInt64(start, BigInt(damage), true);
      else view.setFloat64(start, damage, true);
      const whole = archive(format, matrix, layout(matrix, 'i8'));
      const read = readNpz(zipSync({ ...whole, [name]: changed }));
      try {
        expect(read.get('data')).toMatchObject({ kind: 'csr' });
      } catch (error) {
        expect(error).toMatchObject({ name: 'CrossmodalError' });
      }
    },
  );
});

const two: Sparse = { rows: 2, columns: 2, entries: [{ row: 0, column: 1, value: 5 }] };

plain('values that are complex, and indices that are missing, are refused', () => {
  const members = archive('csr', two, layouts['csr']!(two, 'i4'));
  const complex = { ...members, 'data.npy': npy(1, "'<c16'", false, '1,', new Uint8Array(16)) };
  expect(() => readNpz(zipSync(complex)).get('data')).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
  const short = { ...members, 'indices.npy': integers([], 'i4') };
  expect(() => readNpz(zipSync(short)).get('data')).toThrow(expect.objectContaining({ code: 'format' }));
});

plain('true and true at one place are true', () => {
  const twice: Sparse = { ...two, entries: [two.entries[0]!, two.entries[0]!] };
  const members = archive('coo', twice, layouts['coo']!(twice, 'i4'));
  const flags = { ...members, 'data.npy': npy(1, "'|b1'", false, '2,', Uint8Array.of(1, 1)) };
  expect(readNpz(zipSync(flags)).get('data')).toMatchObject({ values: Float32Array.of(1) });
});

plain('a format that the members do not fit is refused, not read as plain arrays', () => {
  const members = archive('coo', two, layouts['csr']!(two, 'i4'));
  expect(() => readNpz(zipSync(members)).get('data')).toThrow(
    /sparse matrix of format coo, got indices, indptr/,
  );
});

plain("an archive of one's own that holds an array called data is no sparse matrix", () => {
  const values = doubles([1, 2, 3, 4], [2, 2]);
  const own = readNpz(zipSync({ 'data.npy': values, 'indices.npy': integers([1], 'i4') }));
  expect(selectArray(own)).toMatchObject({ kind: 'array', shape: [2, 2] });
  // The names of a sparse matrix, and more; and a format that is none.
  const members = archive('csr', two, layouts['csr']!(two, 'i4'));
  expect(readNpz(zipSync({ ...members, 'labels.npy': values })).size).toBe(6);
  expect(readNpz(zipSync({ ...members, 'format.npy': text('RGB', false) })).size).toBe(5);
  expect(readNpz(zipSync({ ...members, 'format.npy': values })).size).toBe(5);
});
