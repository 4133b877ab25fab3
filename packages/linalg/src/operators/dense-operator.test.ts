import { denseMatrix, randomSource, toCsr } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { denseOperator, portableDenseOperator } from './dense-operator.js';
import { stripKernel } from './strip-kernel.js';
import { sparseOperator } from './sparse-operator.js';

test.prop([
  fc.integer({ min: 0, max: 0xffffffff }),
  fc.integer({ min: 1, max: 37 }),
  fc.integer({ min: 1, max: 5 }),
  fc.boolean(),
])('machine code, portable code, sparse rows and the definition agree', (seed, n, count, scaled) => {
  const random = randomSource(seed);
  // Not symmetric: the operator is that of the mean with the transpose.
  const matrix = denseMatrix(
    Float64Array.from({ length: n * n }, () => (random.uniform() < 0.3 ? 0 : random.normal())),
    n,
    n,
  );
  const scale = Float64Array.from({ length: n }, () => (scaled ? random.uniform() : 1));
  const x = Float64Array.from({ length: n * count }, () => random.normal());
  const expected = new Float64Array(n * count);
  for (let c = 0; c < count; c++) {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const mean = (matrix.values[i * n + j]! + matrix.values[j * n + i]!) / 2;
        expected[c * n + i]! += mean * scale[i]! * scale[j]! * x[c * n + j]!;
      }
    }
  }
  const given = scaled ? scale : undefined;
  for (const operator of [
    denseOperator(matrix, given),
    portableDenseOperator(matrix, given),
    sparseOperator(toCsr(matrix), given),
  ]) {
    const y = new Float64Array(n * count).fill(Number.NaN);
    operator.multiply(x, y, count);
    y.forEach((value, p) => expect(value).toBeCloseTo(expected[p]!, 11));
  }
});

test('this host runs the machine code, and too large a matrix gets none', () => {
  expect(stripKernel(16, 4)).toBeDefined();
  expect(stripKernel(2 ** 29, 4)).toBeUndefined();
});
