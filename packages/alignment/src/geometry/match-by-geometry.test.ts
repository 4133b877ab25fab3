import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { matchByGeometry } from './match-by-geometry.js';

function points(k: number, q: number, seed: number): DenseMatrix<Float64Array> {
  const random = randomSource(seed);
  return denseMatrix(
    Float64Array.from({ length: k * q }, () => random.normal()),
    k,
    q,
  );
}

function distance({ columns, values }: DenseMatrix, i: number, j: number): number {
  let sum = 0;
  for (let q = 0; q < columns; q++) sum += (values[i * columns + q]! - values[j * columns + q]!) ** 2;
  return Math.sqrt(sum);
}

/** The formula, word for word. */
function literalCost(a: DenseMatrix, b: DenseMatrix, match: ArrayLike<number>): number {
  const k = a.rows;
  const rms = (points: DenseMatrix) => {
    let sum = 0;
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) sum += distance(points, i, j) ** 2;
    return Math.sqrt(sum / (k * (k - 1)));
  };
  let cost = 0;
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++)
      cost += (distance(a, i, j) / rms(a) - distance(b, match[i]!, match[j]!) / rms(b)) ** 2;
  return cost / (k * (k - 1));
}

function permutations(k: number): number[][] {
  if (k === 0) return [[]];
  return permutations(k - 1).flatMap((rest) =>
    Array.from({ length: k }, (_, at) => [...rest.slice(0, at), k - 1, ...rest.slice(at)]),
  );
}

test.prop([fc.integer({ min: 4, max: 9 }), fc.nat(9999)], { numRuns: 30 })(
  'points that were turned, moved, scaled and shuffled are found again, whatever the seed (k, seed)',
  (k, seed) => {
    const a = points(k, 2, seed);
    const random = randomSource(seed + 1);
    const order = random.permutation(k);
    const [c, s, scale] = [Math.cos(seed), Math.sin(seed), 0.1 + 3 * random.uniform()];
    const moved = new Float64Array(k * 3);
    order.forEach((to, i) => {
      const [x, y] = [a.values[i * 2]!, a.values[i * 2 + 1]!];
      moved.set([scale * (c * x - s * y) + 5, -2, scale * (s * x + c * y)], to * 3);
    });
    const { match, cost, runnerUp } = matchByGeometry(a, denseMatrix(moved, k, 3), { random });
    expect([...match]).toEqual([...order]);
    expect(cost).toBeLessThan(1e-10);
    expect(runnerUp).toBeGreaterThan(cost);
  },
);

test.prop([fc.integer({ min: 2, max: 5 }), fc.nat(9999)], { numRuns: 30 })(
  'is the best of all permutations of two unrelated sets, and states its cost (k, seed)',
  (k, seed) => {
    const [a, b] = [points(k, 2, seed), points(k, 3, seed + 1)];
    const { match, cost } = matchByGeometry(a, b, { random: randomSource(seed) });
    const least = Math.min(...permutations(k).map((order) => literalCost(a, b, order)));
    expect(literalCost(a, b, match)).toBeCloseTo(cost, 9);
    expect(cost).toBeCloseTo(least, 9);
  },
);

test.prop([fc.integer({ min: 6, max: 12 }), fc.nat(9999)], { numRuns: 20 })(
  'one start already ends where no exchange of two lowers the cost (k, seed)',
  (k, seed) => {
    const [a, b] = [points(k, 2, seed), points(k, 3, seed + 1)];
    const { match, cost } = matchByGeometry(a, b, { random: randomSource(seed), starts: 1 });
    for (let i = 0; i < k; i++)
      for (let j = 0; j < i; j++) {
        const exchanged = match.slice();
        [exchanged[i], exchanged[j]] = [match[j]!, match[i]!];
        expect(literalCost(a, b, exchanged)).toBeGreaterThan(cost - 1e-8);
      }
  },
);

test('weights decide where geometry cannot', () => {
  const pair = denseMatrix(Float64Array.of(0, 1), 2, 1);
  const random = randomSource(0);
  const matched = (weights: [number[], number[]]) => [
    ...matchByGeometry(pair, pair, { random, weights }).match,
  ];
  expect(
    matched([
      [30, 10],
      [16, 4],
    ]),
  ).toEqual([0, 1]);
  expect(
    matched([
      [30, 10],
      [4, 16],
    ]),
  ).toEqual([1, 0]);
});

test('one point, and points all alike, are matched; other numbers, and points that are none, are refused', () => {
  const random = randomSource(0);
  expect([...matchByGeometry(points(1, 2, 0), points(1, 2, 1), { random }).match]).toEqual([0]);
  const alike = denseMatrix(new Float64Array(6), 3, 2);
  const { match, cost } = matchByGeometry(alike, alike, { random });
  expect([[...match].sort(), cost]).toEqual([[0, 1, 2], 0]);
  expect(() => matchByGeometry(points(2, 2, 0), points(3, 2, 1), { random })).toThrow(
    expect.objectContaining({ code: 'shape' }),
  );
  expect(() => matchByGeometry(points(2, 2, 0), points(2, 2, 1), { random, starts: 0 })).toThrow(
    expect.objectContaining({ code: 'option' }),
  );
  const weights = [[1, 2], [1]] as const;
  expect(() => matchByGeometry(points(2, 2, 0), points(2, 2, 1), { random, weights })).toThrow(
    expect.objectContaining({ code: 'shape' }),
  );
  const lost = denseMatrix(Float64Array.of(0, NaN), 2, 1);
  expect(() => matchByGeometry(points(2, 2, 0), lost, { random })).toThrow(
    expect.objectContaining({ code: 'value' }),
  );
});
