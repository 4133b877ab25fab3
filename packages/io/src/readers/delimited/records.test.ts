import { fc, test } from '@fast-check/vitest';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { records } from './records.js';

const cell = fc.string({ unit: fc.constantFrom('a', '1', ' ', '"', '\n', '.', 'é'), maxLength: 5 });
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const write = (text: string, isQuoted: boolean) => (isQuoted || /["\n]/.test(text) ? quoted(text) : text);
const rows = fc.integer({ min: 2, max: 4 }).chain((width) =>
  fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 12,
  }),
);

test.prop([rows, fc.constantFrom(',', ';', '|', '\t'), fc.constantFrom('\n', '\r\n'), fc.boolean()])(
  'lines with and without quotes give the records of csv-parse, and their lines',
  (table, delimiter, newline, hasEnd) => {
    const lines = table.map((row) => row.map(([text, isQuoted]) => write(text, isQuoted)).join(delimiter));
    const text = lines.join(newline) + (hasEnd ? newline : '');
    const found = [...records(Buffer.from(text), { delimiter }, 'test')];
    expect(found.map(({ cells }) => cells)).toEqual(parse(text, { delimiter, relax_column_count: true }));
    let end = 0;
    expect(found.map(({ line }) => line)).toEqual(
      table.map(
        (row) => (end += 1 + row.reduce((sum, [cellText]) => sum + cellText.split('\n').length - 1, 0)),
      ),
    );
  },
);

test.prop([
  fc.array(fc.array(fc.constantFrom('1', '-2.5', 'x', 'a b'), { minLength: 1, maxLength: 5 }), {
    minLength: 1,
  }),
  fc.constantFrom(' ', '  ', '\t', ' \t '),
])('runs of blanks separate cells, quoted or not, and stand at the ends of lines', (table, blanks) => {
  const lines = table.map(
    (row) => blanks + row.map((text) => (text.includes(' ') ? quoted(text) : text)).join(blanks) + blanks,
  );
  const found = [...records(Buffer.from(lines.join('\n')), { delimiter: 'blanks' }, 'test')];
  expect(found.map(({ cells }) => cells)).toEqual(table);
});

test.each(['a\rb\r', 'a\nb\n', 'a\r\nb', 'a\n\n  \nb\n'])('line ends of %j', (text) => {
  expect([...records(Buffer.from(text), { delimiter: ',' }, 'test')].map(({ cells }) => cells)).toEqual([
    ['a'],
    ['b'],
  ]);
});

test('a line of tabs is a row of empty cells, a line of spaces is none', () => {
  const found = [...records(Buffer.from('1\t2\n\t\n  \n'), { delimiter: '\t' }, 'test')];
  expect(found.map(({ cells }) => cells)).toEqual([['1', '2'], ['', ''], ['  ']]);
});

test.each([
  ['a,b\n1,"2\n3,4\n', 'a quote that is never closed on line 2'],
  ['a,b\n1,2\n"x"y,4\n', 'text after a closing quote on line 3'],
  ['a,b\n\n\n5" pipe,2\n', 'a quote in the middle of a cell on line 4'],
])('%j names the line of the quote', (text, message) => {
  expect(() => [...records(Buffer.from(text), { delimiter: ',' }, 'test')]).toThrow(message);
});
