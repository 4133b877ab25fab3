import {
  decodeArrays,
  readMat5,
  readNpz,
  selectArray,
  summariseVariable,
  writeNpy,
  type ArrayValue,
} from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { zipSync } from 'fflate';
import { describe, expect, test as plain } from 'vitest';
import { npy } from './npy-file.js';
import { writeMat5, type MatVariable } from './write-mat5.js';

const number = (...values: number[]): MatVariable => ({
  kind: 'numeric',
  matlabClass: 6,
  type: 9,
  shape: [values.length, 1],
  values,
});
const complex: MatVariable = {
  kind: 'numeric',
  matlabClass: 6,
  type: 9,
  shape: [3, 1],
  values: [1, 2, 3],
  flags: 0x0800,
};

describe.each([true, false])('variables of a .mat file, compressed %s', (compressed) => {
  plain('one that cannot be read refuses only itself', () => {
    const read = readMat5(writeMat5({ Z: complex, X: number(1, 2) }, { compressed }));
    expect([...read.keys()]).toEqual(['Z', 'X']);
    expect(selectArray(read, 'X')).toMatchObject({ shape: [2, 1] });
    for (let time = 0; time < 2; time++) {
      expect(() => selectArray(read, 'Z', "'a.mat'")).toThrow(/'Z': expected real numbers, got complex/);
    }
    expect(summariseVariable(read, 'Z')).toEqual({
      kind: 'unreadable',
      shape: [3, 1],
      description: 'complex numbers of 3 x 1',
    });
    // The only one that can be features is taken when none is named.
    expect(selectArray(read)).toBe(read.get('X'));
    expect(() => selectArray(read, 'W')).toThrow(/Z \(complex numbers of 3 x 1\), X \(an array of 2 x 1\)/);
  });

  plain('every kind is told from its header as from its value', () => {
    const variables: Record<string, MatVariable> = {
      a: number(1, 2, 3),
      t: { kind: 'char', shape: [2, 3], text: 'adbecf', type: 4 },
      line: { kind: 'char', shape: [1, 3], text: 'abc', type: 16 },
      c: { kind: 'cell', shape: [1, 2], items: [number(1), number(2)] },
      s: { kind: 'struct', fields: { X: number(1), Y: number(2) } },
      p: { kind: 'sparse', rows: 3, columns: 2, rowIndices: [1], columnOffsets: [0, 1, 1], values: [5] },
    };
    const read = readMat5(writeMat5(variables, { compressed }));
    const eager = new Map(read);
    for (const name of read.keys()) {
      expect(summariseVariable(read, name)).toEqual(summariseVariable(eager, name));
    }
    expect(summariseVariable(read, 'none')).toBeUndefined();
  });

  plain('a name that stands for two variables is refused, the others are not', () => {
    const two = [{ x: number(1) }, { x: number(2), y: number(3) }].map((part) =>
      writeMat5(part, { compressed }),
    );
    const read = readMat5(Uint8Array.from([...two[0]!, ...two[1]!.subarray(128)]));
    expect(() => read.get('x')).toThrow(/expected one variable 'x', got several/);
    expect(read.get('y')).toMatchObject({ kind: 'array' });
  });

  test.prop([fc.integer({ min: 1, max: 60 })])(
    'a file cut short keeps what lies before the cut',
    (missing) => {
      const bytes = writeMat5({ X: number(1, 2), Y: number(3, 4, 5, 6, 7, 8, 9) }, { compressed });
      const read = readMat5(bytes.subarray(0, -missing));
      expect(read.get('X')).toMatchObject({ shape: [2, 1] });
      if (read.has('Y') && missing > 7) {
        expect(() => read.get('Y')).toThrow(expect.objectContaining({ code: 'format' }));
      }
    },
  );
});

plain('a damaged member of an archive refuses only itself', () => {
  const file = (value: number) => writeNpy({ shape: [2, 1], values: Float32Array.of(value, value) });
  const bytes = zipSync({ 'a.npy': file(1), 'b.npy': file(7) }, { level: 0 });
  const place = bytes.findIndex((_, p) => [0, 0, 0xe0, 0x40].every((byte, k) => bytes[p + k] === byte));
  bytes[place] = 1;
  const read = readNpz(bytes);
  expect(read.get('a')).toMatchObject({ shape: [2, 1] });
  expect(() => read.get('b')).toThrow(/'b\.npy': expected matching CRC-32/);
  expect(summariseVariable(read, 'b')).toMatchObject({ kind: 'array', shape: [2, 1] });
});

plain('pickled objects, dates and complex numbers beside an array leave it usable', () => {
  const file = zipSync({
    'X.npy': writeNpy({ shape: [2, 2], values: Float64Array.of(1, 2, 3, 4) }),
    'names.npy': npy(1, "'|O'", false, '2,', new Uint8Array(9)),
    'when.npy': npy(1, "'<M8[D]'", false, '2,', new Uint8Array(16)),
    'z.npy': npy(1, "'<c16'", false, '2,', new Uint8Array(32)),
  });
  const read = decodeArrays(file, 'a.npz');
  expect(selectArray(read)).toMatchObject({ shape: [2, 2] });
  for (const name of ['names', 'when', 'z']) {
    expect(() => selectArray(read, name)).toThrow(expect.objectContaining({ code: 'unsupported' }));
  }
});

plain('members without .npy are arrays too, and a file that is none is left out', () => {
  const one = writeNpy({ shape: [1], values: Float64Array.of(1) });
  const two = writeNpy({ shape: [1], values: Float64Array.of(2) });
  const values = (value: ArrayValue | undefined) => (value?.kind === 'array' ? [...value.values] : value);
  const plainNames = readNpz(
    zipSync({ X: one, 'readme.txt': two.subarray(1), 'folder/': new Uint8Array(0) }),
  );
  expect([...plainNames.keys()]).toEqual(['X']);
  const both = readNpz(zipSync({ 'X.npy': two, X: one }));
  expect([...both.keys()].sort()).toEqual(['X', 'X.npy']);
  expect([values(both.get('X')), values(both.get('X.npy'))]).toEqual([[1], [2]]);
});

plain('members of the same name are refused by name', () => {
  const one = writeNpy({ shape: [1], values: Float64Array.of(1) });
  const bytes = zipSync({ 'a.npy': one, 'b.npy': one, 'c.npy': one }, { level: 0 });
  // The names stand in each file's own header and in the directory.
  bytes.forEach((byte, p) => {
    if (byte === 'b'.charCodeAt(0) && bytes[p + 1] === '.'.charCodeAt(0)) bytes[p] = 'a'.charCodeAt(0);
  });
  const read = readNpz(bytes);
  expect([...read.keys()]).toEqual(['a', 'c']);
  expect(() => read.get('a')).toThrow(/expected one member 'a\.npy', got several/);
  expect(read.get('c')).toMatchObject({ kind: 'array' });
});

plain('files of an archive that take more bytes than it has are refused', () => {
  const one = writeNpy({ shape: [100], values: new Float64Array(100) });
  const bytes = zipSync({ 'a.npy': one, 'b.npy': one }, { level: 0 });
  const view = new DataView(bytes.buffer);
  // The stored size of the first file, in the directory.
  const directory = view.getUint32(bytes.length - 6, true);
  view.setUint32(directory + 20, 2 * one.length, true);
  expect(() => readNpz(bytes)).toThrow(/files that do not overlap/);
});

plain('asking for one variable does not decompress the others', () => {
  const vast: MatVariable = { ...number(...new Array<number>(100_000).fill(0)) };
  const read = readMat5(writeMat5({ vast, X: number(1, 2) }, { compressed: true }), { maximumBytes: 2000 });
  expect(selectArray(read, 'X')).toMatchObject({ shape: [2, 1] });
  expect(() => read.get('vast')).toThrow(expect.objectContaining({ code: 'unsupported' }));
});
