import { denseMatrix, fromRows } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { oneHot } from './one-hot.js';
import { carriedOver } from './votes.js';

const labels = [Int32Array.of(0, 0, 1, 1), Int32Array.of(0, 1, 1, 1)];
const weights = [0.75, 0.25];

test('each member says the mean of its cluster, and the weights mix them', () => {
  const values = fromRows([[1], [3], [5], [7]]);
  const { values: found } = carriedOver({ labels, weights }, values, [
    Int32Array.of(0, 1),
    Int32Array.of(1, 0),
  ]);
  // 0.75 mean(1, 3) + 0.25 mean(3, 5, 7), and 0.75 mean(5, 7) + 0.25 * 1.
  expect([...found]).toEqual([0.75 * 2 + 0.25 * 5, 0.75 * 6 + 0.25 * 1]);
});

test('a cluster that no training sample has counts as all of them', () => {
  const values = fromRows([[1], [3], [5], [7]]);
  const given = [Int32Array.of(2), Int32Array.of(2)];
  expect([...carriedOver({ labels, weights }, values, given).values]).toEqual([4]);
});

test.prop([
  fc.integer({ min: 1, max: 4 }).chain((members) => {
    const own = fc.array(fc.nat(2), { minLength: 9, maxLength: 9 });
    return fc.tuple(fc.array(own, { minLength: members, maxLength: members }), own);
  }),
  fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
])('votes sum to 1, and how a member numbers its clusters does not matter', ([given, consensus], names) => {
  const own = given.map((list) => Int32Array.from(list));
  const renamed = own.map((list) => list.map((label) => names[label]!));
  const equal = own.map(() => 1 / own.length);
  const values = oneHot([Int32Array.from(consensus)], 3);
  const votes = carriedOver({ labels: own, weights: equal }, values, own);
  for (let i = 0; i < 9; i++)
    // Sums of a few quotients: rounding stays within some units in the last place.
    expect(votes.values.subarray(3 * i, 3 * i + 3).reduce((sum, vote) => sum + vote)).toBeCloseTo(1, 12);
  expect(carriedOver({ labels: renamed, weights: equal }, values, renamed)).toEqual(votes);
});

test('indicators stand side by side', () => {
  expect(oneHot([Int32Array.of(1, 0), Int32Array.of(0, 0)], 2)).toEqual(
    denseMatrix(Float32Array.of(0, 1, 1, 0, 1, 0, 1, 0), 2, 4),
  );
});
