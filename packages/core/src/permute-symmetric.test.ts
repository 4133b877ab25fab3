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

test.each([
  [[0, 0, 1], 'value', '0 twice'],
  [[0, 1, 3], 'value', '3 at 2'],
  [[0, 1, 0.5], 'value', '0.5 at 2'],
  [[-1, 1, 0], 'value', '-1 at 0'],
  [[0, 1], 'shape', '2 places'],
])('places %j are no permutation', (places, code, received) => {
  const identity = csrMatrix(3, 3, Int32Array.of(0, 1, 2, 3), Int32Array.of(0, 1, 2), new Float32Array(3));
  expect(() => permuteSymmetric(identity, places)).toThrow(
    expect.objectContaining({ code, received: expect.stringContaining(received) as string }),
  );
});
