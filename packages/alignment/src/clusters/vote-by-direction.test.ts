import { denseMatrix, fromRows, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { directionsFrom, voteByDirection } from './vote-by-direction.js';

const wide = (rows: readonly (readonly number[])[]) => fromRows(rows.map((row) => [...row]));

test('directions are seen from the middle, at unit length', () => {
  const rows = directionsFrom(
    Float64Array.of(1, 1),
    wide([
      [4, 5],
      [1, -1],
      [1, 1],
    ]),
  );
  [0.6, 0.8, 0, -1, 0, 0].forEach((value, p) => expect(rows.values[p]).toBeCloseTo(value, 6));
});

test.prop([fc.integer({ min: 1, max: 6 }), fc.nat(999)], { numRuns: 30 })(
  'votes depend on directions alone, and not on the order of the rows (neighbours, seed)',
  (neighbours, seed) => {
    const random = randomSource(seed);
    const points = (n: number) =>
      denseMatrix(
        Float64Array.from({ length: 3 * n }, () => random.normal()),
        n,
        3,
      );
    const middle = Float64Array.of(0, 0, 0);
    const [old, fresh] = [points(12), points(5)];
    const labels = Int32Array.from({ length: 12 }, (_, i) => i % 3);
    const vote = (order: ArrayLike<number>, factor: number) => {
      const values = Array.from(order).flatMap((i) => Array.from(old.values.slice(3 * i, 3 * i + 3)));
      const clustered = {
        middle,
        rows: directionsFrom(middle, denseMatrix(Float64Array.from(values), 12, 3)),
        labels: Int32Array.from(Array.from(order), (i) => labels[i]!),
      };
      const scaled = denseMatrix(
        fresh.values.map((value) => factor * value),
        5,
        3,
      );
      return [...voteByDirection(scaled, clustered, { neighbours, clusters: 3 })];
    };
    const plain = vote([...Array(12).keys()], 1);
    expect(vote(random.permutation(12), 1)).toEqual(plain);
    // A power of two changes no digit.
    expect(vote([...Array(12).keys()], 8)).toEqual(plain);
  },
);

test('one neighbour decides alone, all of them by majority, ties by the smaller number', () => {
  const middle = Float64Array.of(0, 0);
  const rows = directionsFrom(
    middle,
    wide([
      [1, 0],
      [0, 1],
      [0.1, 1],
    ]),
  );
  const clustered = { middle, rows, labels: Int32Array.of(1, 0, 0) };
  const at = (neighbours: number) => [
    ...voteByDirection(wide([[3, 0.1]]), clustered, { neighbours, clusters: 2 }),
  ];
  expect([at(1), at(2), at(9)]).toEqual([[1], [0], [0]]);
  expect(() => voteByDirection(wide([[1]]), clustered, { neighbours: 1, clusters: 2 })).toThrow(
    expect.objectContaining({ code: 'shape' }),
  );
  expect(() => voteByDirection(wide([[1, 1]]), clustered, { neighbours: 0, clusters: 2 })).toThrow(
    expect.objectContaining({ code: 'option' }),
  );
});
