import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { projectRows } from './project-rows.js';

// Fewer and more rows, axes and columns than are multiplied at a time.
test.prop(
  [
    fc.constantFrom(1, 7, 64, 150),
    fc.constantFrom(1, 3, 511, 512, 1100),
    fc.constantFrom(1, 4, 63, 70),
    fc.boolean(),
    fc.nat(1000),
  ],
  { numRuns: 60 },
)(
  'scores are sums from the first column to the last, rounded once (n, d, count, single, seed)',
  (n, d, count, single, seed) => {
    const random = randomSource(seed);
    const draw = (length: number) => {
      const values = Float64Array.from({ length }, () => random.normal());
      return single ? Float32Array.from(values) : values;
    };
    const [values, means, axes] = [draw(n * d), draw(d), draw(count * d)];
    const rows = random.permutation(n).slice(0, Math.ceil(n / 2));
    const target = new Float32Array(n * count).fill(7);
    projectRows(denseMatrix(values, n, d), { rows, means, axes, count, target });
    const expected = new Float32Array(n * count).fill(7);
    for (const i of rows) {
      for (let k = 0; k < count; k++) {
        let sum = 0;
        for (let j = 0; j < d; j++) sum += (values[i * d + j]! - means[j]!) * axes[k * d + j]!;
        expected[i * count + k] = sum;
      }
    }
    expect(target).toEqual(expected);
  },
);
