import { labelsFromArray, readMat5, readNpy, type ArrayValue } from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, test as plain } from 'vitest';
import { npy } from './npy-file.js';
import { writeMat5 } from './write-mat5.js';

const doubles = (...values: number[]): ArrayValue => ({
  kind: 'array',
  shape: [values.length, 1],
  values: Float64Array.from(values),
});

describe.each([
  ['<i8', BigInt64Array, { min: -(2n ** 63n), max: 2n ** 63n - 1n }],
  ['<u8', BigUint64Array, { min: 0n, max: 2n ** 64n - 1n }],
] as const)('labels of type %s', (descr, Values, range) => {
  const near = fc.bigInt({ min: 2n ** 53n - 3n, max: 2n ** 53n + 3n });
  test.prop([fc.array(fc.oneof(fc.bigInt(range), near), { minLength: 1, maxLength: 9 })])(
    'are exact to the last digit',
    (labels) => {
      const data = new Uint8Array(Values.from(labels).buffer);
      const read = labelsFromArray(readNpy(npy(1, `'${descr}'`, false, `${labels.length},`, data)));
      expect(Array.from<number | string, string>(read, String)).toEqual(labels.map(String));
    },
  );
});

test.prop([fc.array(fc.maxSafeInteger(), { minLength: 1 })])(
  'whole doubles are exact up to 2^53',
  (labels) => {
    const read = labelsFromArray(doubles(...labels));
    expect(Array.from<number | string, string>(read, String)).toEqual(labels.map(String));
  },
);

plain('64-bit labels of a .mat file are exact in Fortran and C order alike', () => {
  const bytes = writeMat5({
    y: { kind: 'numeric', matlabClass: 14, type: 12, shape: [3, 1], values: [0, 1, 2] },
  });
  const view = new DataView(bytes.buffer);
  [2n ** 60n, 2n ** 60n + 1n, -5n].forEach((label, i) =>
    view.setBigInt64(bytes.length - 24 + 8 * i, label, true),
  );
  const y = readMat5(bytes).get('y')!;
  expect(y).toMatchObject({ kind: 'integers', shape: [3, 1] });
  expect(labelsFromArray(y)).toEqual(['1152921504606846976', '1152921504606846977', '-5']);
});

plain.each([
  [Number.NaN, /a label in every row, got NaN in row 2 \(counted from 0\)\. Leave out/],
  [0.5, /whole numbers, exact to the last digit, got 0\.5 in row 2/],
  [2 ** 60, /got 1152921504606847000 in row 2 .* 64-bit integers/],
])('label %d is refused with its row', (bad, message) => {
  expect(() => labelsFromArray(doubles(1, 2, bad))).toThrow(message);
});

plain('Booleans, cells of numbers and cells of text are labels', () => {
  const flags = readNpy(npy(1, "'|b1'", false, '3,', Uint8Array.of(1, 0, 1)));
  expect(labelsFromArray(flags)).toEqual(Int32Array.of(1, 0, 1));
  const cell = (items: readonly ArrayValue[]): ArrayValue => ({
    kind: 'cell',
    shape: [1, items.length],
    items,
  });
  expect(labelsFromArray(cell([doubles(3), doubles(1)]))).toEqual(Int32Array.of(3, 1));
  const line = (item: string): ArrayValue => ({ kind: 'text', shape: [1], items: [item] });
  expect(labelsFromArray(cell([line('b'), line('a')]))).toEqual(['b', 'a']);
  for (const mixed of [[line('b'), doubles(1)], [doubles(1, 2)]]) {
    expect(() => labelsFromArray(cell(mixed))).toThrow(expect.objectContaining({ code: 'shape' }));
  }
});

plain('objects of MATLAB are refused with the cure', () => {
  const bytes = writeMat5({ y: { kind: 'object', system: 'MCOS', className: 'categorical' } });
  const y = readMat5(bytes).get('y')!;
  expect(() => labelsFromArray(y, 'y')).toThrow(
    "y: expected one label per sample, [n], [n, 1] or [1, n], got an object of class 'categorical'. Save cellstr(x) of it",
  );
});
