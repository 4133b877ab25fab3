import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { findNeighbours } from './find-neighbours.js';

const flags = (values: number[]) => ({ shape: [values.length, 1], values: Float32Array.from(values) });
const listOf = ({ count, indices }: Awaited<ReturnType<typeof findNeighbours>>, row: number) => [
  ...indices.subarray(row * count, (row + 1) * count),
];

test('samples that have nothing in common are no neighbours, though their cosine of 0 is more than that of others', async () => {
  // Rows 0 to 2 have the first modality alone, 3 and 4 the second; 2 is opposite to 0 and 1.
  const x0 = { shape: [5, 2], values: Float32Array.of(1, 0, 1, 0.1, -1, 0, 0, 0, 0, 0) };
  const x1 = { shape: [5, 2], values: Float32Array.of(0, 0, 0, 0, 0, 0, 0, 1, 0.1, -1) };
  const data = { x0, x1, m0: flags([1, 1, 1, 0, 0]), m1: flags([0, 0, 0, 1, 1]) };
  const found = await findNeighbours(data, 4);
  expect(listOf(found, 0)).toEqual([1, 2, -1, -1]);
  expect(listOf(found, 2)).toEqual([1, 0, -1, -1]);
  expect(listOf(found, 3)).toEqual([4, -1, -1, -1]);
});

test('complete samples link those that have different modalities', async () => {
  // Two groups; row 0 has the first modality alone, row 1 the second, both of the group of rows 2 to 6.
  const n = 12;
  const sign = (i: number) => (i < 7 ? 1 : -1);
  const x0 = {
    shape: [n, 2],
    values: Float32Array.from({ length: 2 * n }, (_, p) => (p % 2 === 0 ? sign(p >> 1) : 0.01 * p)),
  };
  const x1 = {
    shape: [n, 2],
    values: Float32Array.from({ length: 2 * n }, (_, p) => (p % 2 === 1 ? sign(p >> 1) : 0.01 * p)),
  };
  x1.values.fill(0, 0, 2);
  x0.values.fill(0, 2, 4);
  const only = (row: number) => flags(Array.from({ length: n }, (_, i) => (i === row ? 0 : 1)));
  const found = await findNeighbours({ x0, x1, m0: only(1), m1: only(0) }, 6);
  expect(listOf(found, 0).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  expect(listOf(found, 1).sort()).toEqual([0, 2, 3, 4, 5, 6]);
});

test.prop([fc.nat(999)], { numRuns: 5 })(
  'a row that one modality puts beside strangers goes with the majority of its near ones in the other (seed)',
  async (seed) => {
    const random = randomSource(seed);
    const n = 40;
    // The first modality tells two groups apart for sure, the second is a line on which they overlap.
    const group = (i: number) => (i % 2 === 0 ? 1 : -1);
    const line = Array.from({ length: n }, (_, i) => group(i) * 0.5 + 0.4 * random.normal());
    const x0 = {
      shape: [n, 2],
      values: Float32Array.from({ length: 2 * n }, (_, p) => (p % 2 === 0 ? group(p >> 1) : 0.1)),
    };
    const x1 = {
      shape: [n, 2],
      values: Float32Array.from({ length: 2 * n }, (_, p) => (p % 2 === 0 ? line[p >> 1]! : 1)),
    };
    // Row 0 lacks the first, and is in the middle of its own group of the second.
    x0.values.fill(0, 0, 2);
    x1.values[0] = 0.8;
    const found = await findNeighbours(
      { x0, x1, m0: flags(Array.from({ length: n }, (_, i) => (i === 0 ? 0 : 1))) },
      5,
    );
    const near = Array.from({ length: n - 1 }, (_, i) => i + 1)
      .sort(
        (a, b) =>
          Math.abs(Math.atan(line[a]!) - Math.atan(0.8)) - Math.abs(Math.atan(line[b]!) - Math.atan(0.8)),
      )
      .slice(0, 10);
    const majority = Math.sign(near.reduce((sum, i) => sum + group(i), 0));
    fc.pre(Math.abs(near.reduce((sum, i) => sum + group(i), 0)) > 4);
    expect(listOf(found, 0).every((i) => group(i) === majority)).toBe(true);
  },
);
