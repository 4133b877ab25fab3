import { toDense } from '@crossmodal/core';
import {
  arrayToMatrix,
  labelsFromArray,
  readMat5,
  selectArray,
  type ArrayValue,
  type NumericArray,
} from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { zlibSync } from 'fflate';
import { describe, expect } from 'vitest';
import { MAT_TYPES, writeMat5, type MatVariable } from './write-mat5.js';

const layouts = fc.record({ littleEndian: fc.boolean(), compressed: fc.boolean() });
const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 2, maxLength: 4 });

/** Reads position `index` of an array in C order. */
function at(array: NumericArray, index: readonly number[]): number {
  return array.values[index.reduce((p, i, axis) => p * array.shape[axis]! + i, 0)]!;
}

/** Every index of a shape, first axis fastest. */
function columnMajorIndices(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (indices, size) => Array.from({ length: size }, (_, i) => indices.map((index) => [...index, i])).flat(),
    [[]],
  );
}

describe.each(Object.keys(MAT_TYPES).map(Number))('numbers stored as type %i', (type) => {
  const { minimum, maximum } = MAT_TYPES[type]!;
  const number =
    type === 9 || type === 7
      ? fc.float({ min: minimum, max: maximum, noNaN: true })
      : fc.integer({ min: minimum, max: maximum });
  const array = shapes.chain((shape) => {
    const count = shape.reduce((a, b) => a * b, 1);
    return fc.record({
      shape: fc.constant(shape),
      values: fc.array(number, { minLength: count, maxLength: count }),
    });
  });
  test.prop([array, layouts], { numRuns: 40 })(
    'come back in C order, whatever the byte order',
    ({ shape, values }, layout) => {
      const variable: MatVariable = { kind: 'numeric', matlabClass: 6, type, shape, values };
      const read = readMat5(writeMat5({ x: variable, again: variable }, layout));
      expect([...read.keys()]).toEqual(['x', 'again']);
      for (const value of read.values()) {
        const found = value as NumericArray;
        expect(found.kind).toBe('array');
        expect(found.shape).toEqual(shape);
        columnMajorIndices(shape).forEach((index, p) => expect(at(found, index) === values[p]!).toBe(true));
      }
    },
  );
});

const sparse = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.option(fc.integer({ min: 1, max: 99 }), { nil: 0, freq: 2 }), {
        minLength: rows * columns,
        maxLength: rows * columns,
      })
      .map((cells) => ({ rows, columns, cells })),
  );

test.prop([sparse, layouts])('sparse matrices become compressed rows', ({ rows, columns, cells }, layout) => {
  const rowIndices: number[] = [];
  const values: number[] = [];
  const columnOffsets = [0];
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) {
      if (cells[i * columns + j] === 0) continue;
      rowIndices.push(i);
      values.push(cells[i * columns + j]!);
    }
    columnOffsets.push(values.length);
  }
  const variable: MatVariable = { kind: 'sparse', rows, columns, rowIndices, columnOffsets, values };
  const found = readMat5(writeMat5({ s: variable }, layout)).get('s')!;
  if (found.kind !== 'csr') throw new Error('not sparse');
  expect(Array.from(toDense(found).values)).toEqual(cells);
});

test.prop([fc.constantFrom(4, 16, 17), fc.string({ minLength: 0, maxLength: 12 }), layouts])(
  'text of one line',
  (type, text, layout) => {
    const line = text.replaceAll('\0', '');
    const variable: MatVariable = {
      kind: 'char',
      shape: [line === '' ? 0 : 1, line.length],
      text: line,
      type,
    };
    const found = readMat5(writeMat5({ t: variable }, layout)).get('t');
    expect(found).toEqual({ kind: 'text', shape: [line === '' ? 0 : 1], items: line === '' ? [] : [line] });
  },
);

test('text of several lines is read along its rows', () => {
  const variable: MatVariable = { kind: 'char', shape: [2, 3], text: 'adbecf', type: 4 };
  expect(readMat5(writeMat5({ t: variable })).get('t')).toEqual({
    kind: 'text',
    shape: [2],
    items: ['abc', 'def'],
  });
});

test.prop([layouts])('cells nest and come in C order; structs hold their fields', (layout) => {
  const number = (x: number): MatVariable => ({
    kind: 'numeric',
    matlabClass: 6,
    type: 9,
    shape: [1, 1],
    values: [x],
  });
  const read = readMat5(
    writeMat5(
      {
        c: {
          kind: 'cell',
          shape: [2, 2],
          items: [number(1), number(3), number(2), { kind: 'cell', shape: [1, 1], items: [number(4)] }],
        },
        s: { kind: 'struct', fields: { alpha: number(5), empty: { kind: 'empty' } } },
      },
      layout,
    ),
  );
  const plain = (value: ArrayValue): unknown => {
    if (value.kind === 'array') return Array.from(value.values);
    if (value.kind === 'cell') return value.items.map(plain);
    if (value.kind === 'struct')
      return Object.fromEntries([...value.fields].map(([name, items]) => [name, items.map(plain)]));
    return value;
  };
  expect(plain(read.get('c')!)).toEqual([[1], [2], [3], [[4]]]);
  expect(plain(read.get('s')!)).toEqual({ alpha: [[5]], empty: [[]] });
});

test('complex numbers, version 7.3 and large integers are refused with their reason', () => {
  const complex: MatVariable = {
    kind: 'numeric',
    matlabClass: 6,
    type: 9,
    shape: [1, 1],
    values: [1],
    flags: 0x0800,
  };
  expect(() => readMat5(writeMat5({ z: complex })).get('z')).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
  const newer = writeMat5({});
  newer.set([0, 2], 124);
  expect(() => readMat5(newer)).toThrow(/-v7/);
  const large = writeMat5({ n: { kind: 'numeric', matlabClass: 14, type: 12, shape: [1, 1], values: [0] } });
  // The value is the last element: 2^62 + 1.
  new DataView(large.buffer).setBigInt64(large.length - 8, 2n ** 62n + 1n, true);
  const read = readMat5(large).get('n')!;
  expect(() => arrayToMatrix(read)).toThrow(expect.objectContaining({ code: 'value' }));
  expect(labelsFromArray(read)).toEqual(['4611686018427387905']);
});

test.prop([sparse, layouts])(
  'sparse logical matrices, whose bytes are tagged as doubles, and complex ones',
  ({ rows, columns, cells }, layout) => {
    const places = cells.flatMap((cell, p) =>
      cell === 0 ? [] : [{ row: Math.floor(p / columns), column: p % columns }],
    );
    places.sort((a, b) => a.column - b.column || a.row - b.row);
    const matrix = {
      kind: 'sparse',
      rows,
      columns,
      rowIndices: places.map(({ row }) => row),
      columnOffsets: Array.from(
        { length: columns + 1 },
        (_, j) => places.filter(({ column }) => column < j).length,
      ),
      values: places.map(() => 1),
    } as const;
    const read = readMat5(
      writeMat5(
        {
          flags: { ...matrix, flags: 0x0200, type: 2, taggedAs: 9 },
          doubles: { ...matrix, flags: 0x0200 },
          complex: { ...matrix, flags: 0x0800, imaginary: matrix.values },
        },
        layout,
      ),
    );
    for (const name of ['flags', 'doubles']) {
      const found = read.get(name)!;
      if (found.kind !== 'csr') throw new Error('not sparse');
      expect(Array.from(toDense(found).values)).toEqual(cells.map((cell) => (cell === 0 ? 0 : 1)));
    }
    expect(() => read.get('complex')).toThrow(expect.objectContaining({ code: 'unsupported' }));
  },
);

test('fields of one name in a struct are refused, its other fields are not', () => {
  const number = (x: number): MatVariable => ({
    kind: 'numeric',
    matlabClass: 6,
    type: 9,
    shape: [1, 1],
    values: [x],
  });
  const bytes = writeMat5({ s: { kind: 'struct', fields: { aa: number(1), ab: number(2), c: number(3) } } });
  const place = bytes.findIndex((byte, p) => byte === 97 && bytes[p + 1] === 98);
  bytes[place + 1] = 97;
  const read = readMat5(bytes);
  expect(() => selectArray(read, 's.aa')).toThrow(/expected one field 'aa', got several/);
  expect(selectArray(read, 's.c')).toMatchObject({ values: Float64Array.of(3) });
});

test('a class that is no data leaves the other variables readable', () => {
  const handle: MatVariable = { kind: 'numeric', matlabClass: 16, type: 9, shape: [1, 1], values: [1] };
  const data: MatVariable = { kind: 'numeric', matlabClass: 6, type: 9, shape: [1, 1], values: [7] };
  const read = readMat5(writeMat5({ f: handle, x: data }));
  expect(read.get('f')).toEqual({ kind: 'opaque', description: 'a function handle' });
  expect(read.get('x')).toMatchObject({ kind: 'array' });
});

test('a decompression bomb is refused at its limit', () => {
  const bomb = zlibSync(new Uint8Array(1 << 24));
  const bytes = new Uint8Array(128 + 8 + bomb.length);
  bytes.set(writeMat5({}));
  new DataView(bytes.buffer).setUint32(128, 15, true);
  new DataView(bytes.buffer).setUint32(132, bomb.length, true);
  bytes.set(bomb, 136);
  const read = readMat5(bytes, { maximumBytes: 1 << 20 });
  for (const name of read.keys())
    expect(() => read.get(name)).toThrow(expect.objectContaining({ code: 'format' }));
  const vast: MatVariable = {
    kind: 'numeric',
    matlabClass: 9,
    type: 2,
    shape: [1, 1 << 22],
    values: new Array<number>(1 << 22).fill(0),
  };
  const large = readMat5(writeMat5({ vast }, { compressed: true }), { maximumBytes: 1 << 20 });
  expect(() => large.get('vast')).toThrow(expect.objectContaining({ code: 'unsupported' }));
});

test('nesting without end is refused', () => {
  let item: MatVariable = { kind: 'empty' };
  for (let depth = 0; depth < 200; depth++) item = { kind: 'cell', shape: [1, 1], items: [item] };
  let value: ArrayValue = readMat5(writeMat5({ deep: item })).get('deep')!;
  while (value.kind === 'cell') value = value.items[0]!;
  expect(value).toMatchObject({ kind: 'opaque', error: { code: 'format' } });
});
