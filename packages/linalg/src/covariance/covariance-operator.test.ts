import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { columnMeans } from '../columns/column-means.js';
import { covarianceOperator } from './covariance-operator.js';

// Fewer rows than columns and more, less than a batch of rows and several, whole panels of columns and broken ones.
test.prop([fc.constantFrom(3, 12, 127, 300), fc.integer({ min: 1, max: 13 }), fc.nat(1000)], { numRuns: 20 })(
  'multiplies by the covariance of the given rows (n, d, seed)',
  (n, d, seed) => {
    const random = randomSource(seed);
    const features = denseMatrix(
      Float32Array.from({ length: n * d }, () => random.normal()),
      n,
      d,
    );
    const rows = random.permutation(n).slice(0, Math.ceil((2 * n) / 3));
    const means = columnMeans(features, { rows });
    const centred = (i: number, j: number): number => features.values[i * d + j]! - means[j]!;
    const identity = Float64Array.from({ length: d * d }, (_, p) => (p % (d + 1) === 0 ? 1 : 0));
    const covariance = new Float64Array(d * d);
    covarianceOperator(features, { rows, means }).multiply(identity, covariance, d);
    for (let j = 0; j < d; j++) {
      for (let k = 0; k < d; k++) {
        const expected = rows.reduce((sum, i) => sum + centred(i, j) * centred(i, k), 0) / rows.length;
        expect(covariance[j * d + k]).toBeCloseTo(expected, 10);
      }
    }
  },
);
