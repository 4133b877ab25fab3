import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { csrMatrix, denseMatrix, toCsr, toDense } from './matrix.js';
import { permuteSymmetric } from './permute-symmetric.js';
import { randomSource } from './random.js';

test.prop([fc.integer({ min: 1, max: 12 }), fc.nat(1000)])(
  'moves entry (i, j) to (p_i, p_j) (n, seed)',
  (n, seed) => {
    const random = randomSource(seed);
    const dense = denseMatrix(
      Float64Array.from({ length: n * n }, () => (random.uniform() < 0.4 ? random.normal() : 0)),
      n,
      n,
    );
    const places = random.permutation(n);
    const moved = permuteSymmetric(
      toCsr(dense) as ReturnType<typeof toCsr> & { values: Float64Array },
      places,
    );
    csrMatrix(n, n, moved.rowOffsets, moved.columnIndices, moved.values);
    const result = toDense(moved);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        expect(result.values[places[i]! * n + places[j]!]).toBe(dense.values[i * n + j]);
  },
);
