import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { readTable, selectColumn, tableNumbers } from '../src/index.js';

/** Ways of writing a table that must be told apart without a word. */
const dialect = fc
  .record({
    delimiter: fc.constantFrom(',', ';', '\t', '|', ' ', '   '),
    decimal: fc.constantFrom('.', ','),
    thousands: fc.constantFrom('', '.', ',', "'", ' '),
    quotes: fc.boolean(),
    newline: fc.constantFrom('\n', '\r\n', '\r'),
    bom: fc.boolean(),
    index: fc.constantFrom('none', 'pandas', 'R'),
    header: fc.boolean(),
    trailing: fc.boolean(),
  })
  .filter(({ decimal, thousands }) => decimal !== thousands)
  // What has the delimiter in its numbers must quote them; blanks at the end of a line are nothing; R shortens a header that is there.
  .map((found) => ({
    ...found,
    quotes:
      found.quotes ||
      found.decimal === found.delimiter ||
      found.thousands === found.delimiter.trim() ||
      (found.delimiter.trim() === '' && found.thousands === ' '),
    trailing: found.trailing && found.delimiter.trim() !== '' && found.index === 'none',
    header: found.header || found.index !== 'none',
  }));

// Fractions of eighths: always decimals, and never three digits alone, which could be a group.
const number = fc
  .tuple(fc.integer({ min: -9_999_999, max: 9_999_999 }), fc.constantFrom(0.5, 0.25, 0.75))
  .map(([a, b]) => a + b);
const table = fc
  .record({ rows: fc.integer({ min: 2, max: 12 }), columns: fc.integer({ min: 2, max: 5 }) })
  .chain(({ rows, columns }) =>
    fc.array(fc.array(number, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );

type Dialect = typeof dialect extends fc.Arbitrary<infer T> ? T : never;

function writeNumber(value: number, { decimal, thousands, quotes }: Dialect): string {
  const [whole, fraction] = String(value).split('.');
  const text = `${whole!.replace(/\B(?=(\d{3})+$)/g, thousands)}${decimal}${fraction!}`;
  return quotes ? `"${text}"` : text;
}

test.prop([table, dialect], { numRuns: 1500 })('a table comes back from every dialect', (rows, written) => {
  const { delimiter, newline, index, header, trailing } = written;
  const name = (text: string) => (written.quotes ? `"${text}"` : text);
  const headerCells = rows[0]!.map((_, j) => name(`feature${j}`));
  const lines = rows.map((row, i) => [
    ...(index === 'none' ? [] : [name(`row${i}`)]),
    ...row.map((value) => writeNumber(value, written)),
    ...(trailing ? [''] : []),
  ]);
  // An unquoted empty cell between blanks is none.
  const first = [...(index === 'pandas' ? [delimiter.trim() === '' ? '""' : ''] : []), ...headerCells];
  const text = [...(header ? [first] : []), ...lines]
    .map((cells) => cells.join(delimiter) + newline)
    .join('');
  const read = readTable(Buffer.from((written.bom ? '\ufeff' : '') + text));
  expect(read.rows).toBe(rows.length);
  expect(read.named).toBe(header);
  expect(tableNumbers(read).shape).toEqual([rows.length, rows[0]!.length]);
  expect(Array.from(tableNumbers(read).values)).toEqual(rows.flat());
  if (header) for (const j of rows[0]!.keys()) expect(selectColumn(read, `feature${j}`).kind).toBe('number');
  if (index !== 'none') expect(read.columns[0]).toMatchObject({ role: 'index', kind: 'text' });
  expect(read.dialect.decimal).toBe(written.decimal);
  expect(read.dialect.delimiter).toBe(delimiter.trim() === '' && delimiter !== '\t' ? 'blanks' : delimiter);
});
