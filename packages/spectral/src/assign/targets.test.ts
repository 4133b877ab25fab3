import { denseMatrix, fromRows, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { balancedTargets } from './balanced-targets.js';
import { sharpenedTargets } from './sharpened-targets.js';

const seeds = fc.nat(999);
const [n, k] = [40, 4];

/** Positive memberships of any sum; row 3 is zeros. */
function memberships(seed: number): DenseMatrix<Float32Array> {
  const random = randomSource(seed);
  const values = Float32Array.from({ length: n * k }, () => Math.exp(random.normal()));
  values.fill(0, 3 * k, 4 * k);
  return denseMatrix(values, n, k);
}

const rowOf = ({ columns, values }: DenseMatrix<Float32Array>, i: number) =>
  values.subarray(i * columns, (i + 1) * columns);
const sumOf = (values: Float32Array) => values.reduce((total, value) => total + value, 0);

describe('balancedTargets', () => {
  test.prop([seeds], { numRuns: 20 })(
    'rows sum to 1, clusters are even, absent rows stay zero, the memberships stay as they were (seed)',
    (seed) => {
      const given = memberships(seed);
      const before = given.values.slice();
      const targets = balancedTargets(given, { power: 1.5 });
      for (let i = 0; i < n; i++) expect(sumOf(rowOf(targets, i))).toBeCloseTo(i === 3 ? 0 : 1, 5);
      for (let c = 0; c < k; c++) {
        let mass = 0;
        for (let i = 0; i < n; i++) mass += targets.values[i * k + c]!;
        // Rows are as near as 1e-2 to 1 when the scaling stops.
        expect(Math.abs(mass - (n - 1) / k)).toBeLessThan(0.02 * n);
      }
      expect(given.values).toEqual(before);
    },
  );

  test.prop([seeds], { numRuns: 20 })('the scale of a row does not matter (seed)', (seed) => {
    const given = memberships(seed);
    // By powers of two, so that nothing rounds.
    const scaled = { ...given, values: given.values.map((value, p) => value * 2 ** (Math.floor(p / k) % 3)) };
    expect(balancedTargets(scaled)).toEqual(balancedTargets(given));
    expect(sharpenedTargets(scaled)).toEqual(sharpenedTargets(given));
  });

  test('a cluster that nobody prefers is filled, and an abort is heard', () => {
    const one = fromRows([
      [1, 0],
      [1, 0],
    ]);
    expect(balancedTargets(one, { power: 1 }).values.every((value) => Math.abs(value - 0.5) < 0.01)).toBe(
      true,
    );
    expect(() => balancedTargets(one, { signal: AbortSignal.abort() })).toThrow(
      expect.objectContaining({ code: 'aborted' }),
    );
  });
});

describe('sharpenedTargets', () => {
  test.prop([seeds, fc.double({ min: 0.5, max: 3, noNaN: true })], { numRuns: 20 })(
    'rows sum to 1, with ratios to the power; absent rows stay zero (seed, power)',
    (seed, power) => {
      const given = memberships(seed);
      const targets = sharpenedTargets(given, { power });
      for (let i = 0; i < n; i++) {
        const [row, own] = [rowOf(targets, i), rowOf(given, i)];
        expect(sumOf(row)).toBeCloseTo(i === 3 ? 0 : 1, 5);
        // Both sides in 4-byte numbers, of magnitudes up to e^6.
        if (i !== 3) expect(Math.log(row[0]! / row[1]!)).toBeCloseTo(power * Math.log(own[0]! / own[1]!), 3);
      }
    },
  );
});

test.each([
  ['a negative membership', () => balancedTargets(fromRows([[1, -1]])), 'value'],
  ['NaN', () => sharpenedTargets(fromRows([[1, NaN]])), 'value'],
  ['a power of 0', () => sharpenedTargets(fromRows([[1, 1]]), { power: 0 }), 'option'],
  ['a power of 0, balanced', () => balancedTargets(fromRows([[1, 1]]), { power: 0 }), 'option'],
])('%s is refused', (_, run, code) => {
  expect(run).toThrow(expect.objectContaining({ code }));
});
