import { randomSource } from '@crossmodal/core';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { gaussianLift, gramMatrix, medianSquaredDistance, squaredDistances } from '../index.js';
import { decay } from './decay.js';
import { selectRank } from './select-rank.js';

function points(n: number, d: number, seed: number): tf.Tensor2D {
  return seededNormal([n, d], randomSource(seed)) as tf.Tensor2D;
}

test.prop([fc.array(fc.float({ noNaN: true, min: 0 }), { minLength: 1, maxLength: 60 }), fc.nat()])(
  'the value of a rank is that of sorted order',
  (values, draw) => {
    const rank = draw % values.length;
    expect(selectRank(Float32Array.from(values), rank)).toBe(Float32Array.from(values).sort()[rank]);
  },
);

test.prop([fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 60 }), fc.nat()])(
  'ranks among many equal values',
  (values, draw) => {
    const rank = draw % values.length;
    expect(selectRank(Float32Array.from(values), rank)).toBe(Float32Array.from(values).sort()[rank]);
  },
);

test.prop([fc.oneof(fc.double({ min: 0, max: 104, noNaN: true }), fc.double({ min: 0, noNaN: true }))])(
  'decay is exp(-x) to 1e-11 of itself, zero where float32 has nothing smaller',
  (x) => {
    const exact = Math.exp(-x);
    expect(Math.abs(decay(x) - exact)).toBeLessThanOrEqual(1e-11 * exact + 1e-45);
    expect(decay(Number.NaN)).toBeNaN();
  },
);

describe('distances and lift', () => {
  const seeds = fc.nat(10_000);
  const samples = fc.integer({ min: 2, max: 20 });

  test.prop([samples, fc.integer({ min: 1, max: 5 }), seeds], { numRuns: 30 })(
    'agree with their definitions (n, d, seed)',
    (n, d, seed) => {
      const before = tf.memory().numTensors;
      const x = points(n, d, seed);
      const rows = x.arraySync();
      const gram = gramMatrix(x);
      const distances = squaredDistances(gram);
      const lifted = gaussianLift(gram, { width: 2 });
      const actual = distances.arraySync();
      const kernel = lifted.arraySync();
      const pairs: number[] = [];
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const expected = rows[i]!.reduce((sum, value, c) => sum + (value - rows[j]![c]!) ** 2, 0);
          expect(Math.abs(actual[i]![j]! - expected)).toBeLessThan(1e-4);
          expect(actual[i]![j]).toBe(actual[j]![i]);
          if (i < j) pairs.push(actual[i]![j]!);
        }
      }
      pairs.sort((a, b) => a - b);
      const median = (pairs[(pairs.length - 1) >> 1]! + pairs[pairs.length >> 1]!) / 2;
      expect(medianSquaredDistance(gram)).toBeCloseTo(median, 5);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++)
          expect(Math.abs(kernel[i]![j]! - Math.exp(-actual[i]![j]! / (2 * median)))).toBeLessThan(1e-5);
      }
      tf.dispose([x, gram, distances, lifted]);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.prop([samples, seeds, fc.constantFrom(0.1, 3, 40)], { numRuns: 20 })(
    'the lift does not change when the data are scaled, and rises with the width (n, seed, scale)',
    (n, seed, scale) => {
      tf.tidy(() => {
        const x = points(n, 3, seed);
        const one = gaussianLift(gramMatrix(x));
        const other = gaussianLift(gramMatrix(tf.mul(x, scale)));
        expect(tf.max(tf.abs(tf.sub(one, other))).dataSync()[0]).toBeLessThan(1e-4);
        const wider = gaussianLift(gramMatrix(x), { width: 6 });
        expect(tf.min(tf.sub(wider, one)).dataSync()[0]).toBeGreaterThanOrEqual(0);
      });
    },
  );

  test('the median and the lift of coinciding samples are defined', () => {
    tf.tidy(() => {
      const same = gramMatrix(tf.ones([4, 2]));
      expect(medianSquaredDistance(same)).toBe(0);
      expect([...gaussianLift(same).dataSync()]).toEqual(new Array(16).fill(1));
      // Six pairs, three of them apart by 4: the median of 2 stays; of ten pairs, four apart, the mean stands in.
      expect(medianSquaredDistance(gramMatrix(tf.tensor2d([[0], [0], [0], [2]])))).toBe(2);
      expect(medianSquaredDistance(gramMatrix(tf.tensor2d([[0], [0], [0], [0], [2]])))).toBeCloseTo(1.6, 6);
      expect(medianSquaredDistance(gramMatrix(tf.tensor2d([[5]])))).toBe(0);
      expect(() => gaussianLift(same, { width: 0 })).toThrow(/positive/);
      expect(
        gaussianLift(gramMatrix(tf.tensor2d([[0], [1]])), { width: 1, median: 2 }).dataSync()[1],
      ).toBeCloseTo(Math.exp(-0.5), 6);
    });
  });
});
