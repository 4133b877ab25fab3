import { toDense } from '@crossmodal/core';
import {
  decodeArrays,
  readMat4,
  readMat5,
  selectArray,
  summariseVariable,
  type NumericArray,
} from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, test as plain } from 'vitest';
import { MAT4_FORMATS, writeMat4, type Mat4Variable } from './write-mat4.js';

const size = fc.integer({ min: 0, max: 4 });

describe.each(MAT4_FORMATS)('numbers of format %s', (format) => {
  const number = format.startsWith('u')
    ? fc.integer({ min: 0, max: 255 })
    : fc.integer({ min: -99, max: 99 });
  const matrix = fc
    .tuple(size, size)
    .chain(([rows, columns]) =>
      fc
        .array(number, { minLength: rows * columns, maxLength: rows * columns })
        .map((values) => ({ shape: [rows, columns], values, format }) satisfies Mat4Variable as Mat4Variable),
    );
  test.prop([matrix, fc.boolean()])('come back in C order, whatever the byte order', (variable, little) => {
    const file = writeMat4([['x', variable], ['again', variable]], little); // prettier-ignore
    const read = decodeArrays(file, 'old.mat');
    expect([...read.keys()]).toEqual(['x', 'again']);
    const [rows, columns] = variable.shape;
    for (const value of read.values()) {
      expect(value).toMatchObject({ kind: 'array', shape: [rows, columns] });
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++)
          expect((value as NumericArray).values[i * columns + j]).toBe(variable.values[j * rows + i]);
    }
  });
});

describe.each([true, false])('version 4, little-endian %s', (little) => {
  plain('text is read along its rows, in any number format', () => {
    const values = Array.from('adbecf', (c) => c.charCodeAt(0));
    for (const format of ['f8', 'u1'] as const) {
      const read = readMat4(writeMat4([['t', { shape: [2, 3], values, kind: 1, format }]], little));
      expect(read.get('t')).toEqual({ kind: 'text', shape: [2], items: ['abc', 'def'] });
      expect(summariseVariable(read, 't')).toEqual({
        kind: 'text',
        shape: [2],
        description: '2 lines of text',
      });
    }
  });

  plain('sparse matrices become compressed rows', () => {
    // 5 in row 3, column 1 and 6 in row 1, column 2 of 3 x 4.
    const values = [3, 1, 3, 1, 2, 4, 5, 6, 0];
    const read = readMat4(writeMat4([['s', { shape: [3, 3], values, kind: 2 }]], little));
    const found = read.get('s')!;
    if (found.kind !== 'csr') throw new Error('not sparse');
    expect(Array.from(toDense(found).values)).toEqual([0, 6, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0]);
    expect(summariseVariable(read, 's')).toEqual({
      kind: 'csr',
      shape: [3, 4],
      description: 'a sparse matrix of 3 x 4',
    });
  });

  plain('what cannot be read refuses only itself', () => {
    const one: Mat4Variable = { shape: [1, 1], values: [7] };
    const file = writeMat4(
      [
        ['z', { ...one, imaginary: [1] }],
        ['zs', { shape: [2, 4], values: [1, 1, 1, 1, 5, 0, 6, 0], kind: 2 }],
        ['vax', { ...one, machine: 2 }],
        ['cray', { ...one, machine: 4 }],
        ['bad', { shape: [2, 3], values: [9, 1, 1, 1, 5, 0], kind: 2 }],
        ['twice', one],
        ['twice', one],
        ['x', one],
        ['cut', { shape: [2, 2], values: [1, 2, 3, 4] }],
      ],
      little,
    ).subarray(0, -1);
    const read = readMat4(file);
    expect(selectArray(read, 'x')).toMatchObject({ values: Float64Array.of(7) });
    for (const [name, code, message] of [
      ['z', 'unsupported', /got complex/],
      ['zs', 'unsupported', /got complex/],
      ['vax', 'unsupported', /got VAX D-float numbers/],
      ['cray', 'unsupported', /got Cray numbers/],
      ['bad', 'format', /row indices in 0\.\.0, got 8/],
      ['twice', 'format', /one variable 'twice', got several/],
      ['cut', 'format', /32 bytes of values, got 31/],
    ] as const) {
      expect(() => read.get(name)).toThrow(expect.objectContaining({ code }));
      expect(() => read.get(name)).toThrow(message);
    }
    expect(() => selectArray(read, 'none')).toThrow(
      /vax \(VAX D-float numbers of 1 x 1\), .* x \(an array of 1 x 1\), cut \(an array of 2 x 2\)/,
    );
  });

  plain('other bytes behind a matrix are a part of their own', () => {
    const file = writeMat4([['x', { shape: [1, 1], values: [7] }]], little);
    const read = readMat4(Uint8Array.from([...file, 1, 2, 3]));
    expect([...read.keys()]).toEqual(['x', '#2']);
    expect(() => read.get('#2')).toThrow(expect.objectContaining({ code: 'format' }));
  });

  plain('is told from a file of version 5', () => {
    const file = writeMat4([['x', { shape: [1, 1], values: [7] }]], little);
    expect(() => readMat5(file)).toThrow(
      expect.objectContaining({ code: 'unsupported', received: 'version 4' }),
    );
    file[little ? 0 : 3] = 7;
    for (const read of [readMat5, readMat4, (bytes: Uint8Array) => decodeArrays(bytes, 'old.mat')])
      expect(() => read(file)).toThrow(expect.objectContaining({ code: 'format' }));
  });
});
