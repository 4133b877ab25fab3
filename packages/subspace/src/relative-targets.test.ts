import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { relativeTargets } from './relative-targets.js';

describe('relativeTargets', () => {
  test.prop([fc.integer({ min: 2, max: 9 }), fc.nat(500), fc.boolean()], { numRuns: 30 })(
    'present rows have mean 0 and the variance given; absent ones are zero (n, seed, missing)',
    (n, seed, missing) => {
      const random = randomSource(seed);
      const present = Uint8Array.from({ length: n }, (_, i) => (i < 2 || random.uniform() < 0.6 ? 1 : 0));
      const values = Float32Array.from({ length: n * 3 }, () => random.normal() + 2);
      const { samples, variance, sampleSize } = relativeTargets(
        { shape: [n, 3], values },
        missing ? present : undefined,
      );
      expect(sampleSize).toBe(3);
      let squares = 0;
      for (let q = 0; q < 3; q++) {
        let sum = 0;
        for (let i = 0; i < n; i++) {
          sum += samples.values[i * 3 + q]!;
          squares += samples.values[i * 3 + q]! ** 2;
          if (missing && present[i] === 0) expect(samples.values[i * 3 + q]).toBe(0);
        }
        expect(Math.abs(sum)).toBeLessThan(1e-4);
      }
      const count = missing ? present.reduce((sum, flag) => sum + flag, 0) : n;
      expect(squares / (count * 3)).toBeCloseTo(variance, 4);
    },
  );

  test('equal samples have no variance to divide by', () => {
    expect(relativeTargets({ shape: [3, 1], values: Float32Array.of(2, 2, 2) }).variance).toBe(1);
  });
});
