import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { constant } from './constant.js';
import { cosine } from './cosine.js';
import { stepDecay } from './step-decay.js';
import { warmup } from './warmup.js';

const anyRate = fc.double({ min: 0, max: 1, noNaN: true });
const anyStep = fc.integer({ min: 0, max: 1000 });

describe('schedules', () => {
  test.prop([anyRate, anyStep])('constant does not change', (rate, step) => {
    expect(constant(rate)(step)).toBe(rate);
  });

  test.prop([anyRate, anyRate, fc.integer({ min: 1, max: 200 }), anyStep])(
    'cosine stays between its ends',
    (rate, finalRate, steps, step) => {
      const schedule = cosine({ rate, finalRate, steps });
      expect(schedule(0)).toBeCloseTo(rate, 12);
      expect(schedule(steps)).toBeCloseTo(finalRate, 12);
      expect(schedule(steps + step)).toBeCloseTo(finalRate, 12);
      expect(schedule(steps / 2)).toBeCloseTo((rate + finalRate) / 2, 12);
      expect(schedule(step)).toBeLessThanOrEqual(Math.max(rate, finalRate) + 1e-12);
      expect(schedule(step)).toBeGreaterThanOrEqual(Math.min(rate, finalRate) - 1e-12);
    },
  );

  test('step decay falls by its factor at each multiple', () => {
    const schedule = stepDecay({ rate: 1, factor: 0.5, every: 3 });
    expect([0, 1, 2, 3, 5, 6, 9].map(schedule)).toEqual([1, 1, 1, 0.5, 0.5, 0.25, 0.125]);
  });

  test('warmup rises in equal parts, then follows', () => {
    const schedule = warmup({ steps: 3, then: stepDecay({ rate: 4, factor: 0.5, every: 2 }) });
    expect([0, 1, 2, 3, 4, 5].map(schedule)).toEqual([1, 2, 3, 4, 4, 2]);
  });

  test.each([
    () => constant(-1),
    () => constant(Number.NaN),
    () => cosine({ rate: 1, steps: 0 }),
    () => stepDecay({ rate: 1, every: 0 }),
    () => stepDecay({ rate: 1, every: 1, factor: -1 }),
    () => warmup({ steps: -1, then: constant(1) }),
  ])('refuses settings out of range: %s', (make) => {
    expect(make).toThrowError(/expected a number of at least/);
  });
});
