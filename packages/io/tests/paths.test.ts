import { readMat5, selectArray, type ArrayValue } from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { describe, expect, test as plain } from 'vitest';
import { writeMat5, type MatVariable } from './write-mat5.js';

const scalar = (value: number): MatVariable => ({
  kind: 'numeric',
  matlabClass: 6,
  type: 9,
  shape: [1, 1],
  values: [value],
});
const complex: MatVariable = { ...scalar(1), flags: 0x0800 } as MatVariable;

const file = {
  data: { kind: 'struct', fields: { X: scalar(1), Y: scalar(2), Z: complex } },
  // Two rows, three columns, given down the columns.
  s: {
    kind: 'struct',
    shape: [2, 3],
    fields: { X: [11, 21, 12, 22, 13, 23].map(scalar) },
  },
  c: {
    kind: 'cell',
    shape: [1, 2],
    items: [scalar(5), { kind: 'struct', fields: { a: { kind: 'struct', fields: { b: scalar(6) } } } }],
  },
} as const satisfies Record<string, MatVariable>;

describe.each([true, false])('paths into a .mat file, compressed %s', (compressed) => {
  const variables = readMat5(writeMat5(file, { compressed }));
  const number = (path: string): number => {
    const value = selectArray(variables, path);
    return value.kind === 'array' ? value.values[0]! : NaN;
  };

  plain.each([
    ['data.X', 1],
    ['data(1).Y', 2],
    ['s(1).X', 11],
    ['s(2).X', 21],
    ['s(3).X', 12],
    ['s(2,3).X', 23],
    ['s{2, 1}.X', 21],
    ['c{1}', 5],
    ['c(2).a.b', 6],
  ])('%s is %d', (path, value) => {
    expect(number(path)).toBe(value);
  });

  plain.each([
    ['data.W', /a field 'W' of 'data', got a struct with fields X, Y, Z/],
    ['data.X.Y', /a field 'Y' of 'data\.X', got an array of 1 x 1/],
    [
      's.X',
      /one element of 's', got a struct array of 2 x 3 with fields X\. Name it, counted from 1: s\(1\)\.X/,
    ],
    ['s(7).X', /an element \(7\) of 's'.*counted from 1/],
    ['s(0).X', /an element \(0\) of 's'/],
    ['s(3,1).X', /an element \(3,1\) of 's'/],
    ['data[1]', /a variable 'data\[1\]', got data \(a struct .*\), s .* NAME\.FIELD/],
    ['data(x)', /a path such as NAME\.FIELD/],
    ['data.X(1)', /an element \(1\) of 'data\.X'/],
    ['other.X', /a variable 'other\.X'/],
  ])('%s leads nowhere, and the message says where it stopped', (path, message) => {
    expect(() => selectArray(variables, path)).toThrow(message);
    expect(() => selectArray(variables, path)).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  plain('a field that cannot be read refuses only itself', () => {
    expect(() => selectArray(variables, 'data.Z')).toThrow(/expected real numbers, got complex ones/);
    expect(selectArray(variables, 'data')).toMatchObject({ kind: 'struct' });
  });
});

plain('a variable whose own name has dots or brackets comes first', () => {
  const array = (value: number): ArrayValue => ({
    kind: 'array',
    shape: [1],
    values: Float64Array.of(value),
  });
  const fields = new Map([['b', [array(1)]], ['b.c', [array(2)]]]); // prettier-ignore
  const variables = new Map<string, ArrayValue>([
    ['a', { kind: 'struct', shape: [], fields }],
    ['a.b.c.d', array(3)],
    ['x(1)', array(4)],
  ]);
  expect(selectArray(variables, 'a.b.c.d')).toEqual(array(3));
  expect(selectArray(variables, 'a.b.c')).toEqual(array(2));
  expect(selectArray(variables, 'a.b')).toEqual(array(1));
  expect(selectArray(variables, 'x(1)')).toEqual(array(4));
});

test.prop([fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 2 })])(
  'one index counts down the columns, several give one position per axis',
  (a, b, c) => {
    const count = a * b * c;
    const X = Array.from({ length: count }, (_, p) => scalar(p));
    const read = readMat5(writeMat5({ s: { kind: 'struct', shape: [a, b, c], fields: { X } } }));
    for (let p = 0; p < count; p++) {
      const place = [p % a, Math.floor(p / a) % b, Math.floor(p / (a * b))].map((index) => index + 1);
      for (const path of [`s(${p + 1}).X`, `s(${place.join(',')}).X`]) {
        if (count > 1 || path.includes(','))
          expect(selectArray(read, path)).toMatchObject({ values: Float64Array.of(p) });
      }
    }
  },
);

plain('without a name the only one that can be meant is taken, for features and for labels', () => {
  const matrix: MatVariable = {
    kind: 'numeric',
    matlabClass: 6,
    type: 9,
    shape: [2, 2],
    values: [1, 2, 3, 4],
  };
  const names: MatVariable = {
    kind: 'cell',
    shape: [2, 1],
    items: ['a', 'b'].map((text) => ({ kind: 'char', shape: [1, 1], text, type: 16 })),
  };
  const views: MatVariable = { kind: 'cell', shape: [1, 2], items: [matrix, matrix] };
  const pick = (variables: Record<string, MatVariable>, use?: 'features' | 'labels') => {
    const read = readMat5(writeMat5(variables, { compressed: true }));
    return [...read.keys()].find((name) => read.get(name) === selectArray(read, undefined, 'file', use));
  };
  expect(pick({ X: matrix, names, n: scalar(2) })).toBe('X');
  expect(pick({ X: matrix, names, n: scalar(2) }, 'labels')).toBe('names');
  expect(pick({ views, names })).toBe('views');
  expect(pick({ data: matrix, X: matrix })).toBe('data');
  for (const several of [
    { X: matrix, Y: matrix },
    { views, X: matrix },
    { data: scalar(1), X: matrix, Y: matrix },
  ]) {
    expect(() => pick(several)).toThrow(expect.objectContaining({ code: 'not-found' }));
  }
});
