import { denseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { clusterScatter } from './criterion.js';

const clustering = fc.integer({ min: 2, max: 12 }).chain((n) =>
  fc.record({
    values: fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 2 * n, maxLength: 2 * n }),
    labels: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: n, maxLength: n }),
  }),
);

test.prop([clustering, fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })])(
  'it lies in 0..1 and does not depend on the numbering of clusters',
  ({ values, labels }, names) => {
    const embedding = denseMatrix(Float64Array.from(values), labels.length, 2);
    const scatter = clusterScatter({ embedding, labels: Int32Array.from(labels) });
    // Sums of small integers: rounding stays within a few units in the last place.
    expect(scatter).toBeGreaterThanOrEqual(0);
    expect(scatter).toBeLessThanOrEqual(1 + 1e-12);
    const renamed = Int32Array.from(labels, (label) => names[label]!);
    expect(clusterScatter({ embedding, labels: renamed })).toBeCloseTo(scatter, 12);
  },
);

test('clusters of equal points have none, one cluster has all', () => {
  const embedding = denseMatrix(Float64Array.of(0, 0, 5, 5), 4, 1);
  expect(clusterScatter({ embedding, labels: Int32Array.of(0, 0, 1, 1) })).toBe(0);
  expect(clusterScatter({ embedding, labels: Int32Array.of(0, 0, 0, 0) })).toBe(1);
});
