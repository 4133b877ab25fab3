import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { plainProducts } from './plain-products.js';
import { selectedProducts } from './selected-products.js';

const draw = fc.record({
  seed: fc.nat(0xffffffff),
  n: fc.integer({ min: 1, max: 90 }),
  m: fc.integer({ min: 1, max: 130 }),
  d: fc.integer({ min: 0, max: 40 }),
  threads: fc.integer({ min: 1, max: 3 }),
});

test.prop([draw], { numRuns: 12 })(
  'machine code, on any number of threads, computes what plain loops do, to the last bit, and these the products',
  ({ seed, n, m, d, threads }) => {
    const random = randomSource(seed);
    const matrix = (rows: number) =>
      denseMatrix(
        Float32Array.from({ length: rows * d }, () => random.normal()),
        rows,
        d,
      );
    const y = matrix(n);
    const products = selectedProducts(y, { rows: m, entries: 6 * m, threads });
    // Once more with fewer rows, whose lists begin later: what an earlier call left does no harm.
    for (const rows of [m, Math.ceil(m / 2)]) {
      const x = matrix(rows);
      const offsets = new Int32Array(rows + 1).fill(2);
      for (let i = 0; i < rows; i++) offsets[i + 1] = offsets[i]! + Math.floor(7 * random.uniform());
      const lists = Int32Array.from({ length: offsets[rows]! }, () => Math.floor(n * random.uniform()));
      const found = products.of(x, offsets, lists);
      expect(found).toEqual(plainProducts(x, y, offsets, lists));
      for (let i = 0; i < rows; i++) {
        for (let p = offsets[i]!; p < offsets[i + 1]!; p++) {
          let sum = 0;
          for (let j = 0; j < d; j++) sum += x.values[i * d + j]! * y.values[lists[p]! * d + j]!;
          // Single precision, of products of about 1.
          expect(found[p - 2]).toBeCloseTo(sum, 4);
        }
      }
    }
    products.release();
  },
);
