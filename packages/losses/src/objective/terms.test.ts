import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { adjustTerms } from './adjust-terms.js';
import { evaluateTerms } from './evaluate-terms.js';
import type { Term } from './term.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

interface State {
  readonly a: number;
  readonly b: number;
}

const one: Term<State> = { name: 'one', weight: 2, value: ({ a }) => tf.scalar(a) };
const many: Term<State> = {
  name: 'many',
  weight: 3,
  value: ({ a, b }) => [
    { name: 'a', value: () => tf.scalar(a) },
    { name: 'b', weight: 0.5, value: () => tf.scalar(b) },
    { name: '', weight: 0, value: () => tf.scalar(7) },
  ],
};

/** Total and values of terms, as numbers. */
function evaluated(terms: readonly Term<State>[], state: State, weights: Record<string, tf.Scalar> = {}) {
  return tf.tidy(() => {
    const { total, values } = evaluateTerms(terms, state, weights);
    const numbers = Object.entries(values).map(([name, value]) => [name, value.dataSync()[0]!] as const);
    return { total: total.dataSync()[0]!, values: Object.fromEntries(numbers) };
  });
}

describe('evaluateTerms', () => {
  test.prop([fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })])(
    'weighs terms and parts, and keeps the values unweighted (a, b)',
    (a, b) => {
      const { total, values } = evaluated([one, many], { a, b });
      expect(total).toBeCloseTo(2 * a + 3 * (a + 0.5 * b), 4);
      expect(values).toEqual({ one: a, 'many a': a, 'many b': b, many: 7 });
    },
  );

  test('a scalar takes the place of a weight that changes from step to step', () => {
    const weight = tf.scalar(10);
    const scheduled = { ...many, weight: () => 1 };
    expect(evaluated([scheduled], { a: 1, b: 2 }, { many: weight }).total).toBeCloseTo(10 * (1 + 1), 4);
    weight.dispose();
  });
});

describe('adjustTerms', () => {
  const names = (terms: readonly Term<State>[]) => terms.map(({ name, weight }) => [name, weight]);

  test('adds, replaces, reweights and leaves out by name, and keeps the order', () => {
    const third: Term<State> = { name: 'third', weight: 1, value: ({ b }) => tf.scalar(b) };
    expect(names(adjustTerms('f', [one, many], [third]))).toEqual([
      ['one', 2],
      ['many', 3],
      ['third', 1],
    ]);
    expect(names(adjustTerms('f', [one, many], [{ name: 'one', weight: 5 }]))).toEqual([
      ['one', 5],
      ['many', 3],
    ]);
    expect(names(adjustTerms('f', [one, many], [{ name: 'one', weight: 0 }]))).toEqual([['many', 3]]);
    const replaced = adjustTerms('f', [one, many], [{ ...third, name: 'one' }]);
    expect(evaluated(replaced, { a: 1, b: 9 }).values['one']).toBe(9);
    expect(names([one, many])).toEqual([
      ['one', 2],
      ['many', 3],
    ]);
  });

  test.each([
    [
      'a name twice',
      [
        { name: 'one', weight: 1 },
        { name: 'one', weight: 2 },
      ],
      /each term once/,
    ],
    ['an unknown name without a value', [{ name: 'on', weight: 1 }], /'one', 'many'.*'on' without a value/],
    [
      'nothing left',
      [
        { name: 'one', weight: 0 },
        { name: 'many', weight: 0 },
      ],
      /one term at least/,
    ],
  ] as const)('%s is refused', (_, adjustments, message) => {
    expect(() => adjustTerms('f', [one, many], adjustments)).toThrow(message);
    expect(() => adjustTerms('f', [one, many], adjustments)).toThrow(
      expect.objectContaining({ code: 'option' }),
    );
  });
});
