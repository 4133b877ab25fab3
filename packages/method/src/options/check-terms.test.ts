import { expect, test } from 'vitest';
import { checkTerms } from './check-terms.js';

test('changes that have the form of one pass', () => {
  const value = () => 0;
  checkTerms('createX', []);
  checkTerms('createX', [
    { name: 'a', weight: 0 },
    { name: 'b', weight: (step: number) => step, value },
    { name: 'c', weight: -2, value, player: 'critic' },
  ]);
});

test.each<[string, object, RegExp]>([
  ['no name', { weight: 1 }, /the name undefined/],
  ['no weight', { name: 'a' }, /the weight undefined of 'a'/],
  ['a weight that is not finite', { name: 'a', weight: NaN }, /the weight NaN of 'a'/],
  ['a weight as text', { name: 'a', weight: '1' }, /the weight 1 of 'a'/],
  ['a value that is none', { name: 'a', weight: 1, value: undefined }, /no function/],
])('%s is refused, and the entry named', (_, term, words) => {
  const refused = () => checkTerms('createX', [{ name: 'fine', weight: 1 }, term]);
  expect(refused).toThrow(expect.objectContaining({ code: 'option' }));
  expect(refused).toThrow(words);
  expect(refused).toThrow(/createX option 'terms', entry 1/);
});
