import { randomSource } from '@crossmodal/core';
import { gradientError } from '@crossmodal/testing';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { coefficientNorm, type CoefficientNormKind } from './coefficient-norm.js';
import type { LossTerm } from './objective/loss-term.js';
import { objective } from './objective/objective.js';
import { reconstruction } from './reconstruction.js';
import type { Reduction } from './reduction.js';
import { selfExpression } from './self-expression.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const losses = { reconstruction, selfExpression };
const anyLoss = fc.constantFrom<keyof typeof losses>('reconstruction', 'selfExpression');
const anyReduction = fc.constantFrom<Reduction>('sum', 'mean', 'sampleMean');
const anyShape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
const anySeed = fc.integer({ min: 0, max: 9999 });

function naive(x: ArrayLike<number>, y: ArrayLike<number>, n: number, reduction: Reduction): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - y[i]!) ** 2;
  return reduction === 'sum' ? sum : sum / (reduction === 'mean' ? x.length : n);
}

describe.each(Object.keys(losses) as (keyof typeof losses)[])('%s', (name) => {
  const loss = losses[name];

  test.prop([anyShape, anyReduction, anySeed], { numRuns: 40 })(
    'is the naive sum of squares',
    (shape, reduction, seed) => {
      const before = tf.memory().numTensors;
      const x = seededNormal(shape, randomSource(seed));
      const y = seededNormal(shape, randomSource(seed + 1));
      const value = loss(x, y, { reduction });
      const expected = naive(x.dataSync(), y.dataSync(), shape[0]!, reduction);
      expect(value.shape).toEqual([]);
      expect(Math.abs(value.dataSync()[0]! - expected)).toBeLessThan(1e-5 * Math.max(1, expected));
      tf.dispose([x, y, value]);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.prop([anyShape, anyReduction, anySeed], { numRuns: 20 })(
    'is symmetric, and 0 at equality',
    (shape, reduction, seed) => {
      tf.tidy(() => {
        const x = seededNormal(shape, randomSource(seed));
        const y = seededNormal(shape, randomSource(seed + 1));
        expect(loss(x, y, { reduction }).dataSync()).toEqual(loss(y, x, { reduction }).dataSync());
        expect(loss(x, x, { reduction }).dataSync()[0]).toBe(0);
      });
    },
  );

  test.each(['sum', 'mean', 'sampleMean'] as const)(
    '%s: gradients agree with finite differences',
    (reduction) => {
      const x = tf.variable(seededNormal([4, 3], randomSource(1)));
      const y = tf.variable(seededNormal([4, 3], randomSource(2)));
      // A quadratic: central differences are exact but for float32 rounding.
      expect(gradientError(() => loss(x, y, { reduction }), [x, y], 3)).toBeLessThan(1e-3);
      tf.dispose([x, y]);
    },
  );

  test('sum is the default', () => {
    tf.tidy(() => {
      expect(loss(tf.zeros([2, 3]), tf.ones([2, 3])).dataSync()[0]).toBe(6);
    });
  });
});

describe('reductions and shapes', () => {
  test.prop([anyLoss, anyShape, anyShape])(
    'other shapes are refused, also those that would broadcast',
    (name, a, b) => {
      fc.pre(a.join() !== b.join());
      tf.tidy(() => {
        expect(() => losses[name](tf.zeros(a), tf.zeros(b))).toThrowError(
          `${name}: expected two tensors of shape`,
        );
      });
    },
  );

  test.prop([fc.string()])('an unknown reduction or norm is refused', (word) => {
    fc.pre(!['sum', 'mean', 'sampleMean', 'l1', 'l2'].includes(word));
    tf.tidy(() => {
      const x = tf.zeros([2, 2]);
      expect(() => reconstruction(x, x, { reduction: word as Reduction })).toThrowError(
        /sum, mean or sampleMean/,
      );
      expect(() => coefficientNorm(x, word as CoefficientNormKind)).toThrowError(/l2 or l1/);
    });
  });
});

describe('coefficientNorm', () => {
  test.prop([fc.constantFrom<CoefficientNormKind>('l1', 'l2'), fc.integer({ min: 1, max: 6 }), anySeed], {
    numRuns: 30,
  })('is the naive norm, and leaks nothing', (kind, n, seed) => {
    const before = tf.memory().numTensors;
    const s = seededNormal([n, n], randomSource(seed));
    const value = coefficientNorm(s, kind);
    const expected = [...s.dataSync()].reduce((sum, x) => sum + (kind === 'l1' ? Math.abs(x) : x * x), 0);
    expect(Math.abs(value.dataSync()[0]! - expected)).toBeLessThan(1e-5 * Math.max(1, expected));
    tf.dispose([s, value]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each(['l1', 'l2'] as const)('%s: gradients agree with finite differences', (kind) => {
    // Away from 0, where the l1 norm has a corner.
    const s = tf.variable(tf.add(tf.sign(seededNormal([4, 4], randomSource(5))), 0.25));
    expect(gradientError(() => coefficientNorm(s, kind), [s], 3)).toBeLessThan(1e-3);
    s.dispose();
  });

  test('l1 leaves coefficients that are 0 where they are', () => {
    tf.tidy(() => {
      const gradient = tf.grad((s) => coefficientNorm(s, 'l1'))(
        tf.tensor2d([
          [0, 2],
          [-3, 0],
        ]),
      );
      expect([...gradient.dataSync()]).toEqual([0, 1, -1, 0].map((x) => x + 0));
    });
  });
});

describe('objective', () => {
  const anyTerms = fc.uniqueArray(
    fc.record({
      name: fc.string().filter((name) => name !== 'total' && name !== '__proto__'),
      weight: fc.double({ min: -10, max: 10, noNaN: true }),
      value: fc.double({ min: -10, max: 10, noNaN: true }),
    }),
    { selector: ({ name }) => name, minLength: 1, maxLength: 5 },
  );

  test.prop([anyTerms], { numRuns: 40 })('is the weighted sum, with each value unweighted', (specs) => {
    const before = tf.memory().numTensors;
    const { total, values } = objective(
      specs.map(({ value, ...term }) => ({ ...term, value: () => tf.scalar(value) })),
    );
    const expected = specs.reduce((sum, { weight, value }) => sum + weight * value, 0);
    expect(total.dataSync()[0]).toBeCloseTo(expected, 3);
    for (const { name, value } of specs) expect(values[name]!.dataSync()[0]).toBe(Math.fround(value));
    tf.dispose([total, ...Object.values(values)]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('weights may be tensors, and gradients are weighted', () => {
    tf.tidy(() => {
      const weight = tf.scalar(3);
      const gradient = tf.grad(
        (x) => objective([{ name: 'a', weight, value: () => tf.sum(tf.square(x)) }]).total,
      );
      expect(gradient(tf.scalar(2)).dataSync()[0]).toBe(12);
    });
  });

  const term = (name: string, weight: number, value = () => tf.scalar(1)): LossTerm => ({
    name,
    weight,
    value,
  });
  test.each([
    ['no term', [], /one term at least/],
    ['a name twice', [term('a', 1), term('a', 1)], /distinct names/],
    ["the name 'total'", [term('total', 1)], /distinct names/],
    ['a weight that is not finite', [term('a', Number.NaN)], /a finite weight/],
    [
      'a value that is not a scalar',
      [term('a', 1, () => tf.ones([2]) as unknown as tf.Scalar)],
      /to be a scalar, got \[2\]/,
    ],
  ])('refuses %s', (_what, terms, message) => {
    tf.tidy(() => {
      expect(() => objective(terms)).toThrowError(message);
    });
  });
});
