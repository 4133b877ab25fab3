import { readDelimited, selectArray, type NumericArray } from '../src/index.js';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';

const read = (text: string, options = {}) => readDelimited(new TextEncoder().encode(text), options);
const table = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).chain(([n, d]) =>
  fc.array(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: d, maxLength: d }), {
    minLength: n,
    maxLength: n,
  }),
);

test.prop([table, fc.constantFrom(',', '\t', ';'), fc.boolean(), fc.constantFrom('\n', '\r\n')])(
  'numbers come back, with a header or without',
  (rows, delimiter, header, newline) => {
    const names = rows[0]!.map((_, j) => `name${j}`);
    const lines = [...(header ? [names] : []), ...rows.map((row) => row.map(String))];
    const text = lines.map((line) => line.join(delimiter)).join(newline) + newline;
    // One column has no delimiter to guess from.
    const variables = read(text, { delimiter });
    const data = variables.get('data') as NumericArray;
    expect(data.shape).toEqual([rows.length, rows[0]!.length]);
    data.values.forEach((x, p) => expect(x === rows.flat()[p]).toBe(true));
    if (rows[0]!.length > 1) expect(read(text)).toEqual(variables);
    expect(variables.has('name0')).toBe(header);
    if (header) expect((variables.get('name0') as NumericArray).values[0] === rows[0]![0]).toBe(true);
  },
);

test('text columns are variables of their own', () => {
  const variables = read('id,x,class,y\na1,1,cat,2\na2,3,"dog, big",4\n');
  expect([...variables.keys()]).toEqual(['data', 'id', 'x', 'class', 'y']);
  expect(Array.from((variables.get('data') as NumericArray).values)).toEqual([1, 2, 3, 4]);
  expect(variables.get('class')).toEqual({ kind: 'text', shape: [2], items: ['cat', 'dog, big'] });
});

test('a file of labels alone', () => {
  expect(selectArray(read('cat\ndog\ncat\n'))).toEqual({
    kind: 'text',
    shape: [3],
    items: ['cat', 'dog', 'cat'],
  });
  expect(selectArray(read('label\n1\n0\n'))).toMatchObject({ kind: 'array', shape: [2, 1] });
  expect(read('kind\ncat\n', { header: true }).get('kind')).toMatchObject({ items: ['cat'] });
});

test('a named column stays text though it looks like numbers', () => {
  expect(read('zip,x\n01,2\nb,3\n', { header: true, text: ['zip'] }).get('zip')).toMatchObject({
    items: ['01', 'b'],
  });
});

test('quoted cells do not decide the delimiter', () => {
  const comma = read('"weight; kg",b\n1,2\n3,4\n');
  expect([...comma.keys()]).toEqual(['data', 'weight; kg', 'b']);
  expect(read('"a\tb ""quoted;"" c\nnext;line",b\n1,2\n')).toMatchObject({ size: 3 });
  expect(read('"x,y";z\n1;2\n').get('data')).toMatchObject({ shape: [1, 2] });
  expect(read('a;b\tc\n1\t2\n').get('data')).toMatchObject({ shape: [1, 2] });
  // A tab further down is not of the first line.
  expect(read('1,2\n3,4\t\n').get('data')).toMatchObject({ shape: [2, 2] });
});

test('no column is dropped for its name', () => {
  for (const [text, column] of [
    ['a,b,a\n1,2,3\n', "'a' as column 3"],
    ['a,kind,kind\n1,x,y\n', "'kind' as column 3"],
    ['data,b\n1,2\n', "'data' as column 1"],
    ['b,data\n1,x\n', "'data' as column 2"],
    ['column2,,c\n1,2,3\n', "'column2' as column 2"],
  ] as const) {
    expect(() => read(text)).toThrow(expect.objectContaining({ code: 'format', received: column }));
  }
  expect(read('data\n1\n2\n').get('data')).toMatchObject({ shape: [2, 1] });
  expect(read('data\nx\n', { header: true }).get('data')).toMatchObject({ items: ['x'] });
});

test('advice on a missing cell names what cures it', () => {
  expect(() => read('a,b\n1,2\n3,\n')).toThrow(/ Fill in missing cells, or leave the column or the row out/);
  expect(() => read('a,b\n1,2\n,\n')).toThrow(/ Where all values of a row are missing, .*absent=nan/);
});

test.each([
  ['a,b\n1,2\n3,x\n', "a number on line 3, column 2 ('b'), got 'x'"],
  ['1,2\n\n3,\n', "a number on line 3, column 2 ('column2'), got an empty cell"],
  ['a,b\nnan,2\n', "a number on line 2, column 1 ('a'), got 'nan'"],
  ['1.2x,3\n1,4\n', "a number on line 1, column 1 ('column1'), got '1.2x'"],
  ['1,2\n3,1e999\n', "a number on line 2, column 2 ('column2'), got '1e999'"],
  ['1,2\n3\n', '2 cells on line 2, got 1'],
  ['1,"2\n3,4\n', 'got a quote that is never closed on line 1'],
  ['', 'one line of values at least, got none'],
])('%j is refused, naming the place', (text, message) => {
  expect(() => read(text)).toThrow(message);
  expect(() => read(text)).toThrow(expect.objectContaining({ code: 'format' }));
});
