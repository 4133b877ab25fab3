import { denseMatrix, fromRows, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { kMeans } from './k-means.js';

describe('startSample', () => {
  const points = (s: number) => {
    const random = randomSource(s);
    return denseMatrix(
      Float64Array.from({ length: 2000 }, (_, p) => 8 * (Math.floor(p / 2) % 5) * (p % 2) + random.normal()),
      1000,
      2,
    );
  };

  test.prop([fc.nat(999)], { numRuns: 10 })(
    'of all rows changes nothing, of some it finds planted groups as well (seed)',
    (s) => {
      const all = kMeans(points(s), { clusters: 5, random: randomSource(s) });
      const run = (startSample: number) =>
        kMeans(points(s), { clusters: 5, random: randomSource(s), startSample });
      expect(run(1000)).toEqual(all);
      expect(run(1001)).toEqual(all);
      const sampled = run(100);
      // Groups eight deviations apart: the same partition but for rounding of the means.
      expect(sampled.inertia / all.inertia).toBeCloseTo(1, 3);
      expect(sampled.labels).toHaveLength(1000);
    },
  );

  test('has as many rows as clusters at least', () => {
    const line = fromRows([[0], [1], [2], [3]]);
    const { labels } = kMeans(line, { clusters: 4, startSample: 1, random: randomSource(1) });
    expect([...labels]).toEqual([0, 1, 2, 3]);
  });

  test.each([0, 1.5, -1, Number.NaN])('%d is refused', (startSample) => {
    expect(() => kMeans(points(1), { clusters: 2, startSample, random: randomSource(1) })).toThrow(
      expect.objectContaining({ code: 'option' }),
    );
  });
});
