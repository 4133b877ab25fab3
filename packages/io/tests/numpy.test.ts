import { denseMatrix } from '@crossmodal/core';
import {
  arrayToMatrix,
  labelsFromArray,
  readNpy,
  readNpz,
  selectArray,
  summariseVariable,
  writeNpy,
  writeNpz,
  type NumericArray,
  type WritableArray,
} from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { zipSync } from 'fflate';
import { describe, expect } from 'vitest';
import { npy } from './npy-file.js';

const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
const array: fc.Arbitrary<WritableArray> = fc.tuple(shape, fc.nat(3)).chain(([sizes, kind]) => {
  const count = sizes.reduce((a, b) => a * b, 1);
  const list = { minLength: count, maxLength: count };
  const values: fc.Arbitrary<Float32Array | Float64Array | Int32Array | Uint8Array> = [
    fc.float32Array(list),
    fc.float64Array(list),
    fc.int32Array(list),
    fc.uint8Array(list),
  ][kind]!;
  return values.map((held) => ({ shape: sizes, values: held }));
});

test.prop([array])('writeNpy and readNpy round-trip', (written) => {
  const read = readNpy(writeNpy(written)) as NumericArray;
  expect(read.shape).toEqual((written as NumericArray).shape);
  expect(Array.from(read.values)).toEqual(Array.from(written.values));
});

test.prop([fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), array, { maxKeys: 4 }), fc.boolean()])(
  'writeNpz and readNpz round-trip',
  (written, compress) => {
    const bytes = writeNpz(written, { compress });
    const read = readNpz(bytes);
    expect([...read.keys()].sort()).toEqual(Object.keys(written).sort());
    for (const [name, value] of Object.entries(written)) {
      expect(Array.from((read.get(name) as NumericArray).values)).toEqual(Array.from(value.values));
    }
    expect(writeNpz(written, { compress })).toEqual(bytes);
  },
);

test('the header is aligned and reads as NumPy writes it', () => {
  const bytes = writeNpy(denseMatrix(Float32Array.of(1, 2), 1, 2));
  const length = 10 + bytes[8]! + 256 * bytes[9]!;
  expect(length % 64).toBe(0);
  expect(bytes.length).toBe(length + 8);
  const header = new TextDecoder().decode(bytes.subarray(10, length));
  expect(header.trimEnd()).toBe("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }");
  expect(header.endsWith('\n')).toBe(true);
});

test('values that do not fill the shape are refused', () => {
  expect(() => writeNpy({ shape: [2, 2], values: new Float32Array(3) })).toThrow(
    expect.objectContaining({ code: 'shape' }),
  );
});

const stored = {
  "'|b1'": (view: DataView, p: number, x: number) => view.setUint8(p, x),
  "'|i1'": (view: DataView, p: number, x: number) => view.setInt8(p, x),
  "'|u1'": (view: DataView, p: number, x: number) => view.setUint8(p, x),
  "'<i2'": (view: DataView, p: number, x: number) => view.setInt16(p, x, true),
  "'>i2'": (view: DataView, p: number, x: number) => view.setInt16(p, x, false),
  "'<u2'": (view: DataView, p: number, x: number) => view.setUint16(p, x, true),
  "'>i4'": (view: DataView, p: number, x: number) => view.setInt32(p, x, false),
  "'<u4'": (view: DataView, p: number, x: number) => view.setUint32(p, x, true),
  "'<i8'": (view: DataView, p: number, x: number) => view.setBigInt64(p, BigInt(x), true),
  "'>u8'": (view: DataView, p: number, x: number) => view.setBigUint64(p, BigInt(x), false),
  "'>f4'": (view: DataView, p: number, x: number) => view.setFloat32(p, x, false),
  "'<f8'": (view: DataView, p: number, x: number) => view.setFloat64(p, x, true),
  "'>f8'": (view: DataView, p: number, x: number) => view.setFloat64(p, x, false),
};

describe.each(Object.entries(stored))('elements of type %s', (descr, store) => {
  test.each([1, 2, 3])('in version %i, C and Fortran order', (version) => {
    const size = Number(descr.at(-2));
    const data = new Uint8Array(6 * size);
    for (let i = 0; i < 6; i++) store(new DataView(data.buffer), i * size, i);
    expect(Array.from((readNpy(npy(version, descr, false, '2, 3', data)) as NumericArray).values)).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
    expect(Array.from((readNpy(npy(version, descr, true, '2, 3', data)) as NumericArray).values)).toEqual([
      0, 2, 4, 1, 3, 5,
    ]);
  });
});

test('half precision', () => {
  // 1, -2, 2^-24, infinity, 65504.
  const data = Uint8Array.from([0x00, 0x3c, 0x00, 0xc0, 0x01, 0x00, 0x00, 0x7c, 0xff, 0x7b]);
  expect(Array.from((readNpy(npy(1, "'<f2'", false, '5,', data)) as NumericArray).values)).toEqual([
    1,
    -2,
    2 ** -24,
    Infinity,
    65504,
  ]);
});

test('text of fixed width', () => {
  const wide = new Uint8Array(16);
  wide.set([97, 0, 0, 0, 0xe9, 0, 0, 0, 98]);
  expect(readNpy(npy(1, "'<U2'", false, '2,', wide))).toEqual({
    kind: 'text',
    shape: [2],
    items: ['aé', 'b'],
  });
  const narrow = new TextEncoder().encode('ab\0cde');
  expect(readNpy(npy(1, "'|S3'", false, '2,', narrow))).toEqual({
    kind: 'text',
    shape: [2],
    items: ['ab', 'cde'],
  });
});

test.each(["'<c8'", "'|O'", "[('a', '|O')]", "[('a', [('b', '<f4')])]", "'<M8'", "'<M8[D]'", "'>m8[25s]'"])(
  'type %s is unsupported',
  (descr) => {
    expect(() => readNpy(npy(1, descr, false, '1,', new Uint8Array(8)))).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  },
);

test('integers beyond 2^53 are refused as features, and exact as labels', () => {
  const data = new Uint8Array(8).fill(255);
  const read = readNpy(npy(1, "'<u8'", false, '1,', data));
  expect(() => arrayToMatrix(read)).toThrow(expect.objectContaining({ code: 'value' }));
  expect(labelsFromArray(read)).toEqual(['18446744073709551615']);
});

test.each(['-1,', '2.5,', 'a,', '99999999999999, 99999999999999'])('shape (%s) is refused', (tuple) => {
  expect(() => readNpy(npy(1, "'<f4'", false, tuple, new Uint8Array(8)))).toThrow(
    expect.objectContaining({ code: 'format' }),
  );
});

test('an archive that inflates beyond the limit, and one that is damaged, are refused', () => {
  const bomb = writeNpz({ a: { shape: [1 << 20], values: new Float32Array(1 << 20) } }, { compress: true });
  expect(() => readNpz(bomb, { maximumBytes: 1 << 16 }).get('a')).toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
  const damaged = writeNpz({ a: { shape: [4], values: Float32Array.of(1, 2, 3, 4) } });
  const place = damaged.findIndex((byte, p) => byte === 0x80 && damaged[p + 1] === 0x3f);
  damaged[place] = 0x81;
  expect(() => readNpz(damaged).get('a')).toThrow(/CRC-32/);
  expect(readNpz(zipSync({ 'readme.txt': new Uint8Array(3) })).size).toBe(0);
});

test.prop([
  fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.nat(255), fc.nat(255)), { maxLength: 6 }),
])('records are a struct of arrays, and a field that cannot be read refuses only itself', (rows) => {
  const descr = "[('x', '>i2'), ('', '|V1'), ('pair', '|u1', (2,)), ('name', '<U1'), ('when', '<M8[D]')]";
  const size = 2 + 1 + 2 + 4 + 8;
  const data = new Uint8Array(rows.length * size);
  const view = new DataView(data.buffer);
  rows.forEach(([x, a, b], i) => {
    view.setInt16(i * size, x);
    data.set([77, a, b], i * size + 2);
    view.setUint32(i * size + 5, 65 + (a % 26), true);
  });
  const file = npy(1, descr, false, `${rows.length},`, data);
  const read = readNpz(zipSync({ 'r.npy': file }));
  expect(summariseVariable(read, 'r')).toEqual(summariseVariable(new Map(read), 'r'));
  const numbers = (path: string) => Array.from((selectArray(read, path) as NumericArray).values);
  expect(numbers('r.x')).toEqual(rows.map(([x]) => x));
  expect(numbers('r.pair')).toEqual(rows.flatMap(([, a, b]) => [a, b]));
  expect(selectArray(read, 'r.pair')).toMatchObject({ shape: [rows.length, 2] });
  const names = rows.map(([, a]) => String.fromCharCode(65 + (a % 26)));
  expect(selectArray(read, 'r.name')).toEqual({ kind: 'text', shape: [rows.length], items: names });
  expect(() => selectArray(read, 'r.when')).toThrow(/field 'when': expected real numbers or text, got dates/);
  expect(() => readNpy(npy(1, descr, false, `${rows.length + 1},`, data))).toThrow(
    expect.objectContaining({ code: 'format' }),
  );
});
