import { denseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { likeliestClusters } from './likeliest-clusters.js';

const shape = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 5 }));
const values = fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 40, maxLength: 40 });

test.prop([shape, values])(
  'no membership of a row is larger, and none before is as large',
  ([n, k], drawn) => {
    const memberships = denseMatrix(Float32Array.from(drawn.slice(0, n * k)), n, k);
    const labels = likeliestClusters(memberships);
    expect(labels).toHaveLength(n);
    labels.forEach((label, i) => {
      const row: number[] = drawn.slice(i * k, (i + 1) * k);
      expect(row.indexOf(Math.max(...row))).toBe(label);
    });
  },
);
