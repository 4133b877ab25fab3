import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { NUMBER_FORMATS, parseNumber, PLAIN, quickNumber } from './number-format.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

/** A number as a format writes it, with groups in its digits before the decimal sign. */
function written(value: number, { decimal, thousands }: (typeof NUMBER_FORMATS)[number]): string {
  const [mantissa, exponent] = String(value).split('e');
  const [whole, fraction] = mantissa!.split('.');
  const grouped =
    thousands === '' || exponent !== undefined ? whole! : whole!.replace(/\B(?=(\d{3})+$)/g, thousands);
  return (
    grouped +
    (fraction === undefined ? '' : decimal + fraction) +
    (exponent === undefined ? '' : `e${exponent}`)
  );
}

test.prop([finite, fc.constantFrom(...NUMBER_FORMATS)])(
  'every format reads back what it writes',
  (value, format) => {
    expect(parseNumber(written(value, format), format)).toBe(Number(String(value)));
  },
);

test.prop([fc.string({ unit: fc.constantFrom(..."0123456789.,+-eEdDxX 'a"), maxLength: 8 })])(
  'the quick way gives what the pattern gives, or passes',
  (cell) => {
    const quick = quickNumber(cell);
    if (!Number.isNaN(quick)) expect(parseNumber(cell.trim(), PLAIN)).toBe(quick);
  },
);

const formatOf = (decimal: string, thousands: string) =>
  NUMBER_FORMATS.find((format) => format.decimal === decimal && format.thousands === thousands)!;

test.each([
  ['1,234,567.5', '.', ',', 1234567.5],
  ['-12.345,75', ',', '.', -12345.75],
  ["9'876.5", '.', "'", 9876.5],
  ['1\u202f234,5', ',', ' ', 1234.5],
  ['1 234 567', '.', ' ', 1234567],
  ['\u22123,5', ',', '', -3.5],
  ['2,5e-3', ',', '', 0.0025],
  ['1.25D+02', '.', '', 125],
  ['+.5', '.', '', 0.5],
  ['5.', '.', '', 5],
  ['1e999', '.', '', Infinity],
])('%s with decimal %s and groups of %j', (cell, decimal, thousands, value) => {
  expect(parseNumber(cell, formatOf(decimal, thousands))).toBe(value);
});

test.each([
  ['0,525', '.', ','],
  ['1,23', '.', ','],
  ['1234,567', '.', ','],
  ["1'234 567", '.', "'"],
  ['1 234\u00a0567', '.', ' '],
  ['0x1F', '.', ''],
  ['1,5,5', ',', ''],
  ['', '.', ''],
  ['.', '.', ''],
  ['1e', '.', ''],
])('%j is no number with decimal %s and groups of %j', (cell, decimal, thousands) => {
  expect(parseNumber(cell, formatOf(decimal, thousands))).toBeNaN();
});
