import { denseMatrix, toCsr } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { affinityPicture } from './affinity-picture.js';
import { clusterGroups } from './cluster-groups.js';

const affinityAndLabels = fc.integer({ min: 1, max: 12 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    values: fc.array(fc.constantFrom(0, 0, 0.25, 1), { minLength: n * n, maxLength: n * n }),
    labels: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: n, maxLength: n }),
    size: fc.integer({ min: 1, max: 14 }),
  }),
);

test.prop([affinityAndLabels])(
  'dense and sparse affinities give the same picture',
  ({ n, values, labels, size }) => {
    const dense = denseMatrix(Float64Array.from(values), n, n);
    const groups = clusterGroups(labels);
    expect(affinityPicture(toCsr(dense), groups, { size })).toEqual(affinityPicture(dense, groups, { size }));
  },
);

test.prop([affinityAndLabels])(
  'the share inside clusters is the affinity between objects of one label',
  ({ n, values, labels, size }) => {
    let inside = 0;
    let total = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        if (i === j) continue;
        total += values[i * n + j]!;
        if (labels[i] === labels[j]) inside += values[i * n + j]!;
      }
    }
    const picture = affinityPicture(denseMatrix(Float64Array.from(values), n, n), clusterGroups(labels), {
      size,
    });
    // Sums of at most 132 quarters and ones are exact; only the division rounds.
    expect(picture.insideShare).toBe(total === 0 ? 1 : inside / total);
    expect(picture.width).toBe(Math.min(n, size));
  },
);

test('objects are placed by cluster, and links across clusters have another colour', () => {
  // Objects 0 and 2 are linked and share a cluster; 1 and 2 are linked across.
  const values = new Float64Array(9);
  values[0 * 3 + 2] = values[2 * 3 + 0] = 1;
  values[1 * 3 + 2] = values[2 * 3 + 1] = 1;
  const { rgba } = affinityPicture(denseMatrix(values, 3, 3), clusterGroups([0, 1, 0]));
  const pixel = (row: number, column: number) => [
    ...rgba.subarray((row * 3 + column) * 4, (row * 3 + column) * 4 + 4),
  ];
  expect(pixel(0, 1)[3]).toBe(255);
  expect(pixel(1, 2)[3]).toBe(255);
  expect(pixel(0, 1).slice(0, 3)).not.toEqual(pixel(1, 2).slice(0, 3));
  expect(pixel(0, 2)).toEqual([0, 0, 0, 0]);
});

test('an affinity of another size than the labels is refused', () => {
  const affinity = denseMatrix(new Float64Array(9), 3, 3);
  expect(() => affinityPicture(affinity, clusterGroups([0, 1]))).toThrow(
    expect.objectContaining({ code: 'shape' }),
  );
});
