import { denseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { arrayToMatrix, labelsFromArray, reorderImages, type ArrayValue } from '../src/index.js';

test('vectors become one column, higher ranks are flattened, sparse matrices filled', () => {
  const values = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  expect(arrayToMatrix({ kind: 'array', shape: [8], values })).toMatchObject({ rows: 8, columns: 1 });
  expect(arrayToMatrix({ kind: 'array', shape: [2, 2, 2], values })).toMatchObject({ rows: 2, columns: 4 });
  const sparse: ArrayValue = {
    kind: 'csr',
    rows: 2,
    columns: 3,
    rowOffsets: Int32Array.of(0, 1, 2),
    columnIndices: Int32Array.of(2, 0),
    values: Float64Array.of(5, 6),
  };
  expect(arrayToMatrix(sparse)).toEqual(denseMatrix(Float64Array.of(0, 0, 5, 6, 0, 0), 2, 3));
  const text: ArrayValue = { kind: 'text', shape: [1], items: ['a'] };
  expect(() => arrayToMatrix(text, { where: 'fea' })).toThrow(/fea: expected a numeric array/);
  const vast: ArrayValue = { ...sparse, rows: 1 << 20, columns: 1 << 20 };
  expect(() => arrayToMatrix(vast)).toThrow(expect.objectContaining({ code: 'unsupported' }));
});

const size = fc.integer({ min: 1, max: 4 });
test.prop([size, size, size])(
  'column-major images become row-major, channels last',
  (height, width, channels) => {
    const columns = height * width * channels;
    const place = (y: number, x: number, c: number) => 100 * y + 10 * x + c;
    const stored: number[] = [];
    for (let c = 0; c < channels; c++) {
      for (let x = 0; x < width; x++) for (let y = 0; y < height; y++) stored.push(place(y, x, c));
    }
    const features = denseMatrix(Float32Array.from([...stored, ...stored]), 2, columns);
    const result = reorderImages(features, { height, width, channels, order: 'column' });
    let p = columns;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++)
        for (let c = 0; c < channels; c++) expect(result.values[p++]).toBe(place(y, x, c));
    }
    expect(reorderImages(features, { height, width, channels, order: 'row' })).toEqual(features);
    const planes: number[] = [];
    for (let c = 0; c < channels; c++) {
      for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) planes.push(place(y, x, c));
    }
    const doubles = denseMatrix(Float64Array.from([...planes, ...planes]), 2, columns);
    const last = reorderImages(doubles, { height, width, channels, order: 'planes' });
    expect(Array.from(last.values)).toEqual(Array.from(result.values));
    expect(last.values).toBeInstanceOf(Float64Array);
    expect(() => reorderImages(features, { height, width: width + 1, channels, order: 'row' })).toThrow(
      expect.objectContaining({ code: 'shape' }),
    );
  },
);

test('labels of every form', () => {
  const values = Float64Array.of(1, 2, 1);
  for (const shape of [[3], [3, 1], [1, 3]]) {
    expect(labelsFromArray({ kind: 'array', shape, values })).toEqual(Int32Array.of(1, 2, 1));
  }
  const text = { kind: 'text', shape: [2], items: ['cat', 'dog'] } as const;
  expect(labelsFromArray(text)).toEqual(['cat', 'dog']);
  const line = (item: string) => ({ kind: 'text', shape: [1], items: [item] }) as const;
  expect(labelsFromArray({ kind: 'cell', shape: [2, 1], items: [line('cat'), line('dog')] })).toEqual([
    'cat',
    'dog',
  ]);
  expect(() => labelsFromArray({ kind: 'array', shape: [2, 2], values: new Float64Array(4) })).toThrow(
    expect.objectContaining({ code: 'shape' }),
  );
  for (const bad of [0.5, Number.NaN, 2 ** 60, Infinity]) {
    expect(() => labelsFromArray({ kind: 'array', shape: [1], values: Float64Array.of(bad) })).toThrow(
      expect.objectContaining({ code: 'value' }),
    );
  }
});
