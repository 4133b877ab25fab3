import { denseMatrix, images, paired, vectors } from '@crossmodal/core';
import {
  arrayToMatrix,
  labelsFromArray,
  reorderImages,
  selectRows,
  sliceRows,
  transposeMatrix,
  type ArrayValue,
} from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { matrix, rowsOf } from './arbitraries.js';

test.prop([matrix])('transposing twice gives the matrix back, and rows become columns', (features) => {
  const turned = transposeMatrix(features);
  expect(transposeMatrix(turned)).toEqual(features);
  rowsOf(features).forEach((row, i) =>
    row.forEach((x, j) => expect(turned.values[j * features.rows + i]).toBe(x)),
  );
});

test.prop([matrix, fc.nat(), fc.nat()])('a slice holds its rows', (features, a, b) => {
  const first = a % (features.rows + 1);
  const end = first + (b % (features.rows - first + 1));
  expect(rowsOf(sliceRows(features, first, end))).toEqual(rowsOf(features).slice(first, end));
});

test.each([
  [-1, 1],
  [0, 9],
  [2, 1],
  [0.5, 1],
])('rows %d..%d of 3 are refused', (first, end) => {
  // prettier-ignore
  expect(() => sliceRows(denseMatrix(new Float32Array(3), 3, 1), first, end)).toThrow(expect.objectContaining({ code: 'option' }));
});

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

test('rows are selected in every modality, presence included', () => {
  const a = vectors('a', denseMatrix(Float32Array.of(0, 1, 2), 3, 1));
  const b = images(
    'b',
    denseMatrix(Float32Array.of(0, 0, 0, 10, 0, 20), 3, 2),
    { height: 1, width: 2 },
    Uint8Array.of(0, 1, 1),
  );
  const selected = selectRows(paired([a, b]), [2, 0, 2]);
  expect(selected.n).toBe(3);
  expect(Array.from(selected.modalities[0]!.features.values)).toEqual([2, 0, 2]);
  expect(Array.from(selected.modalities[1]!.present!)).toEqual([1, 0, 1]);
  expect(selected.modalities[1]!.kind).toBe('images');
  expect(() => selectRows(a, [3])).toThrow(expect.objectContaining({ code: 'value' }));
});

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
