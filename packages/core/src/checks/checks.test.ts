import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { randomSource } from '../random.js';
import { checkInteger } from './check-integer.js';
import { checkNumber } from './check-number.js';
import { checkPermutation } from './check-permutation.js';

const refusal = (message: RegExp): unknown =>
  expect.objectContaining({ code: 'option', message: expect.stringMatching(message) as unknown });

test.prop([fc.double({ min: -20, max: 20, noNaN: true })])(
  'integers in the range pass, others do not',
  (value) => {
    const check = () => checkInteger('fit', 'clusters', value, { minimum: -3, maximum: 7 });
    if (Number.isInteger(value) && value >= -3 && value <= 7) check();
    else expect(check).toThrow(refusal(/fit option 'clusters'.*-3\.\.7/s));
  },
);

test('without a maximum, every integer from the minimum on passes', () => {
  checkInteger('fit', 'steps', Number.MAX_SAFE_INTEGER, { minimum: 1 });
  expect(() => checkInteger('fit', 'steps', 0, { minimum: 1 })).toThrow(refusal(/at least 1/));
  expect(() => checkInteger('fit', 'steps', Infinity, { minimum: 1 })).toThrow(refusal(/at least 1/));
});

test('finite numbers from the minimum on pass', () => {
  checkNumber('fit', 'ridge', 0, 0);
  for (const value of [-1e-9, NaN, Infinity])
    expect(() => checkNumber('fit', 'ridge', value, 0)).toThrow(refusal(/fit option 'ridge'/));
});

test.prop([fc.integer({ min: 1, max: 30 }), fc.nat(999)])(
  'an order passes, and does not with one of its entries changed (n, seed)',
  (n, seed) => {
    const order = randomSource(seed).permutation(n);
    checkPermutation('fit', 'rowOrder', order, n);
    const other = order.map((i, k) => (k === seed % n ? i + 1 : i));
    expect(() => checkPermutation('fit', 'rowOrder', other, n)).toThrow(refusal(/0\.\./));
    expect(() => checkPermutation('fit', 'rowOrder', order, n + 1)).toThrow(refusal(/0\.\./));
  },
);
