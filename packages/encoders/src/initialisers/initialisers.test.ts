import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { gaussian } from './gaussian.js';
import { initialisers, namedInitialiser, type InitialiserName } from './named-initialiser.js';
import { orthogonal } from './orthogonal.js';

const names = Object.keys(initialisers) as InitialiserName[];
const anyName = fc.constantFrom(...names);
const anySeed = fc.integer({ min: 0, max: 0xffffffff });

const variances: Partial<Record<InitialiserName, (fanIn: number, fanOut: number) => number>> = {
  heNormal: (fanIn) => 2 / fanIn,
  heUniform: (fanIn) => 2 / fanIn,
  xavierNormal: (fanIn, fanOut) => 2 / (fanIn + fanOut),
  xavierUniform: (fanIn, fanOut) => 2 / (fanIn + fanOut),
  gaussian: () => 0.02 ** 2,
  zeros: () => 0,
};

describe('initialisers', () => {
  test.prop([anyName, anySeed], { numRuns: 30 })('are decided by the seed', (name, seed) => {
    const draw = (s: number) => initialisers[name]([4, 3], { fanIn: 4, fanOut: 3 }, randomSource(s));
    expect(draw(seed)).toEqual(draw(seed));
    if (name !== 'zeros') expect(draw(seed)).not.toEqual(draw((seed + 1) >>> 0));
  });

  test.each(names)('%s refuses a weight that no backend holds, before it takes memory', (name) => {
    const fans = { fanIn: 2 ** 16, fanOut: 2 ** 30 };
    expect(() => initialisers[name]([2 ** 16, 2 ** 30], fans, randomSource(0))).toThrow(
      expect.objectContaining({ code: 'option' }) as Error,
    );
  });

  test.each(Object.entries(variances))('%s has its mean and variance (seed 3)', (name, variance) => {
    const fans = { fanIn: 50, fanOut: 200 };
    const values = initialisers[name as InitialiserName]([50, 200], fans, randomSource(3));
    const expected = variance(fans.fanIn, fans.fanOut);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
    // Five standard errors of 10,000 draws: of the mean, and of the square (at most sqrt(2) of the variance each).
    expect(Math.abs(mean)).toBeLessThanOrEqual(5 * Math.sqrt(expected / values.length));
    expect(Math.abs(square - expected)).toBeLessThanOrEqual((5 * Math.SQRT2 * expected) / 100);
  });

  test.prop([fc.constantFrom<InitialiserName>('heUniform', 'xavierUniform'), anySeed], { numRuns: 20 })(
    'uniform ones stay inside their bound',
    (name, seed) => {
      const bound = name === 'heUniform' ? Math.sqrt(6 / 7) : Math.sqrt(6 / 12);
      const values = initialisers[name]([7, 5], { fanIn: 7, fanOut: 5 }, randomSource(seed));
      expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(bound));
    },
  );

  test.prop([fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), anySeed], { numRuns: 40 })(
    'orthogonal has orthonormal rows or columns',
    (rows, columns, seed) => {
      const w = orthogonal([rows, columns], { fanIn: rows, fanOut: columns }, randomSource(seed));
      const tall = rows >= columns;
      const count = tall ? columns : rows;
      const at = (vector: number, i: number) => (tall ? w[i * columns + vector]! : w[vector * columns + i]!);
      for (let a = 0; a < count; a++) {
        for (let b = 0; b < count; b++) {
          let product = 0;
          for (let i = 0; i < (tall ? rows : columns); i++) product += at(a, i) * at(b, i);
          expect(product).toBeCloseTo(a === b ? 1 : 0, 5);
        }
      }
    },
  );

  test('a name stands for its initialiser, and an initialiser for itself', () => {
    expect(namedInitialiser('zeros')).toBe(initialisers.zeros);
    expect(namedInitialiser(orthogonal)).toBe(orthogonal);
  });

  test.prop([fc.oneof(fc.double({ max: 0 }), fc.constant(Infinity))])(
    'gaussian refuses a deviation that is none',
    (deviation) => {
      expect(() => gaussian({ standardDeviation: deviation })).toThrowError(
        /gaussian option 'standardDeviation'/,
      );
    },
  );
});
