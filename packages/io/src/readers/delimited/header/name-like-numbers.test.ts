import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { nameLikeNumbers } from './name-like-numbers.js';

const rows = (text: string) =>
  text.split('|').map((row) => row.split(' ').map((cell) => (cell === '_' ? undefined : cell)));
const judge = (first: string, body: string) => nameLikeNumbers(first.split(' '), rows(body));

test.each([
  ['pandas counts columns', '0 1 2', '0.5 -1.25 3.75|1.5 2.5 _', 'yes'],
  ['counted from 1, whole numbers beyond the count', '1 2 3 4', '17 5 80 12|3 9 44 6', 'yes'],
  ['many columns of small whole numbers', '0 1 2 3 4 5 6 7', '1 0 1 0 1 0 1 0|0 0 1 1 0 0 1 1', 'yes'],
  ['a scale of 1 to 4', '1 2 3 4', '2 4 1 1|3 3 2 4', 'maybe'],
  ['rows that count too', '0 1 2 3', '1 2 3 4|2 3 4 5', 'no'],
  ['years above small whole numbers', '1998 1999', '12 4|7 30', 'yes'],
  ['years above years', '1998 1999 2000', '2001 2002 2003|2004 2005 2006', 'no'],
  ['years above numbers that happen to ascend', '1998 1999', '12 13|7 8', 'yes'],
  ['a count above one row that happens to count', '0 1 2 3', '17 5 80 12|4 5 6 7|9 1 44 30', 'yes'],
  ['every fifth year', '1990 1995 2000', '1.5 2.5 3.5|4.5 5.5 6.5', 'yes'],
  ['equal steps of whole numbers above whole numbers', '10 20 30 40 50', '7 3 9 1 4|5 5 8 2 6', 'likely'],
  [
    'uneven wavelengths',
    '399.87 402.15 404.41 406.7 409',
    '3 1 2 5 4|1 9 2 8 3|4 4 1 2 3|8 1 2 1 9|2 1 3 3 1',
    'maybe',
  ],
  ['years with decimals', '2017.0 2018.0 2019.0', '1.5 2.5 0.5|0.1 0.2 0.9', 'maybe'],
  ['wavelengths', '400.1 400.2 400.3 400.4 400.5', '0.2 0.3 0.9 0.1 0.2|1 2 2 2 1', 'yes'],
  ['a grid of equal steps', '0.5 1.0 1.5 2.0 2.5', '1.0 1.5 2.0 2.5 3.0|1.5 2.0 2.5 3.0 3.5', 'no'],
  ['ordinary numbers', '5.1 3.5 1.4', '4.9 3.0 1.4|6.2 2.9 4.3', 'no'],
  ['whole numbers above whole numbers', '3 1', '5 9|2 6', 'no'],
  ['two that count, above whole numbers', '1 2', '3 9|2 7', 'maybe'],
  ['whole numbers above fractions', '17 4 90', '0.5 1.5 2.5|3.5 4.5 5.5', 'maybe'],
  ['one zero above fractions', '0', '1.5|2.5', 'maybe'],
  ['one zero above labels', '0', '1|1', 'no'],
])('%s: %s above %s', (_, first, body, expected) => {
  expect(judge(first, body)).toBe(expected);
});

test.prop([
  fc.array(fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 6, maxLength: 6 }), {
    minLength: 4,
    maxLength: 20,
  }),
])('the first of many rows alike is no header', (table) => {
  const [first, ...body] = table.map((row) => row.map((x) => x.toFixed(3)));
  expect(nameLikeNumbers(first!, body)).toBe('no');
});
