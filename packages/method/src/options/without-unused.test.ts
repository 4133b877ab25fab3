import { expect, test } from 'vitest';
import { withoutUnused } from './without-unused.js';

const slots = [
  { unused: [{ when: { adversary: false }, options: ['rate', 'weight'] }] },
  { unused: [{ when: { form: 'none', adversary: true }, options: ['power'] }] },
  {},
];

test.each([
  [
    'all mean something',
    { adversary: true, form: 'some', rate: 1, power: 2 },
    ['adversary', 'form', 'rate', 'power'],
  ],
  [
    'one of two conditions holds',
    { adversary: true, form: 'none', rate: 1, power: 2 },
    ['adversary', 'form', 'rate'],
  ],
  [
    'the other one holds',
    { adversary: false, form: 'none', rate: 1, weight: 0, power: 2 },
    ['adversary', 'form', 'power'],
  ],
])('%s', (_, options, left) => {
  expect(Object.keys(withoutUnused('createX', slots, options, { adversary: options.adversary }))).toEqual(
    left,
  );
});

test('a given option that means nothing is refused, and what makes it so is named', () => {
  const options = { adversary: true, form: 'none', rate: 1, power: 2 };
  expect(() => withoutUnused('createX', slots, options, { power: 2 })).toThrow(
    `createX option 'power': expected no such option beside form: "none", adversary: true, where it means nothing, got 2`,
  );
});
