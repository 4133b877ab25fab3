import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { ridgeFactor } from './ridge-factor.js';

test.prop([fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 10_000 })])(
  'ridges hold up to the reference and grow by their own size every 2000 samples beyond (n, reference)',
  (n, reference) => {
    expect(ridgeFactor(Math.min(n, reference), reference)).toBe(1);
    expect(ridgeFactor(reference + 2000, reference)).toBe(2);
    expect(ridgeFactor(n + 1, reference)).toBeGreaterThanOrEqual(ridgeFactor(n, reference));
  },
);
