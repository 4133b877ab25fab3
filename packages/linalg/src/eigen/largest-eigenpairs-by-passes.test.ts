import { blocksOf, denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect, test as plain } from 'vitest';
import { columnMeans } from '../columns/column-means.js';
import { covarianceByPasses } from '../covariance/covariance-by-passes.js';
import { covarianceOperator } from '../covariance/covariance-operator.js';
import type { PassOperator } from '../operators/pass-operator.js';
import { largestEigenpairsByPasses } from './largest-eigenpairs-by-passes.js';

/** A symmetric matrix with given eigenvalues, by reflections of a diagonal one. */
function operatorWith(
  eigenvalues: Float64Array,
  seed: number,
): PassOperator & { readonly passes: () => number } {
  const n = eigenvalues.length;
  const random = randomSource(seed);
  const mirror = Float64Array.from({ length: n }, () => random.normal());
  const squares = mirror.reduce((sum, x) => sum + x * x, 0);
  const reflect = (x: Float64Array): void => {
    const part = (2 / squares) * x.reduce((sum, value, i) => sum + value * mirror[i]!, 0);
    for (let i = 0; i < n; i++) x[i] = x[i]! - part * mirror[i]!;
  };
  let passes = 0;
  return {
    size: n,
    passes: () => passes,
    multiply(input, output, count) {
      passes++;
      for (let c = 0; c < count; c++) {
        const x = input.slice(c * n, (c + 1) * n);
        reflect(x);
        for (let i = 0; i < n; i++) x[i] = x[i]! * eigenvalues[i]!;
        reflect(x);
        output.set(x, c * n);
      }
      return Promise.resolve();
    },
  };
}

test.prop([fc.constantFrom(1, 2, 9, 40, 300), fc.integer({ min: 1, max: 12 }), fc.nat(1000)], {
  numRuns: 60,
})(
  'finds the largest eigenvalues with all their copies, and residuals as stated (n, count, seed)',
  async (n, count, seed) => {
    const random = randomSource(seed);
    // Halves of whole numbers: many repeat.
    const eigenvalues = Float64Array.from({ length: n }, () => Math.round(8 * random.uniform()) / 2);
    const wanted = Math.min(n, count);
    const operator = operatorWith(eigenvalues, seed);
    const { values, vectors } = await largestEigenpairsByPasses(operator, { count: wanted, random });
    const expected = Float64Array.from(eigenvalues).sort((a, b) => b - a);
    for (let k = 0; k < wanted; k++) {
      expect(values[k]).toBeCloseTo(expected[k]!, 6);
      const vector = Float64Array.from({ length: n }, (_, i) => vectors.values[i * wanted + k]!);
      const image = new Float64Array(n);
      await operator.multiply(vector, image, 1);
      const residual = Math.hypot(...image.map((value, i) => value - values[k]! * vector[i]!));
      expect(residual).toBeLessThan(1e-7);
    }
  },
);

plain(
  'few passes find eigenvalues that fall, and those that do not within the limit are an error',
  async () => {
    const falling = operatorWith(
      Float64Array.from({ length: 500 }, (_, i) => 0.9 ** i),
      1,
    );
    await largestEigenpairsByPasses(falling, { count: 10, random: randomSource(1) });
    expect(falling.passes()).toBeLessThan(10);
    const flat = operatorWith(
      Float64Array.from({ length: 500 }, (_, i) => 1 - i / 500),
      1,
    );
    await expect(
      largestEigenpairsByPasses(flat, { count: 10, random: randomSource(1), maxPasses: 2 }),
    ).rejects.toMatchObject({ code: 'diverged' });
  },
);

plain('the covariance by passes multiplies as the covariance', async () => {
  const [n, d, count] = [30, 7, 3];
  const random = randomSource(2);
  const features = denseMatrix(
    Float64Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
  const present = Uint8Array.from({ length: n }, (_, i) => (i % 4 === 1 ? 0 : 1));
  const rows = Int32Array.from([...present.keys()].filter((i) => present[i] === 1));
  const means = columnMeans(features, { rows });
  const input = Float64Array.from({ length: count * d }, () => random.normal());
  const [one, other] = [new Float64Array(count * d).fill(9), new Float64Array(count * d)];
  await covarianceByPasses(blocksOf(features), { means, present }).multiply(input, one, count);
  covarianceOperator(features, { rows, means }).multiply(input, other, count);
  one.forEach((value, p) => expect(value).toBeCloseTo(other[p]!, 12));
});
