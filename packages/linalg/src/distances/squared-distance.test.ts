import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { randomMatrix } from '../../tests/matrices.js';
import { squaredDistance } from './squared-distance.js';

test.prop([fc.integer({ min: 1, max: 11 }), fc.nat(9999)])(
  'is the sum of squared differences (d, seed)',
  (d, seed) => {
    const { values: a } = randomMatrix(3, d, randomSource(seed));
    const { values: b } = randomMatrix(2, d, randomSource(seed + 1));
    for (let i = 0; i < 3; i++) {
      expect(squaredDistance(a, i, a, i, d)).toBe(0);
      for (let j = 0; j < 2; j++) {
        let sum = 0;
        for (let p = 0; p < d; p++) sum += (a[i * d + p]! - b[j * d + p]!) ** 2;
        expect(squaredDistance(a, i, b, j, d)).toBeCloseTo(sum, 12);
        expect(squaredDistance(b, j, a, i, d)).toBe(squaredDistance(a, i, b, j, d));
      }
    }
  },
);
