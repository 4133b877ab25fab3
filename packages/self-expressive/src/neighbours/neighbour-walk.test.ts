import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { neighbourWalk } from './neighbour-walk.js';

const seeds = fc.nat(999);
const circle = { count: 1, indices: Int32Array.of(1, 2, 3, 4, 0) };

test.prop([seeds, fc.integer({ min: 0, max: 5 })], { numRuns: 30 })(
  'goes along edges, of modalities with weight alone (seed, length)',
  (seed, length) => {
    const stuck = { count: 1, indices: Int32Array.of(0, 0, 0, 0, 0) };
    const random = randomSource(seed);
    expect(neighbourWalk([circle, stuck], [1, 0])(2, length, random)).toBe((2 + length) % 5);
    const nowhere = { count: 2, indices: new Int32Array(10).fill(-1) };
    expect(neighbourWalk([nowhere], [1])(3, length, random)).toBe(3);
    expect(neighbourWalk([nowhere, circle], [0.9, 0.1])(3, length, random)).toBe((3 + length) % 5);
    const alone = { count: 0, indices: new Int32Array(0) };
    expect(neighbourWalk([alone], [1])(0, length, random)).toBe(0);
  },
);

test.prop([seeds], { numRuns: 5 })('steps go by modalities as their weights say (seed)', (seed) => {
  const back = { count: 2, indices: Int32Array.of(4, -1, 0, -1, 1, -1, 2, -1, 3, -1) };
  const random = randomSource(seed);
  const walk = neighbourWalk([circle, back], [3, 1]);
  const ends = Array.from({ length: 2000 }, () => walk(2, 1, random));
  expect(ends.every((end) => end === 3 || end === 1)).toBe(true);
  // The standard error of the share is 0.01; 0.06 is beyond 6 of them.
  expect(Math.abs(ends.filter((end) => end === 3).length / 2000 - 0.75)).toBeLessThan(0.06);
});

test('one weight a modality', () => {
  expect(() => neighbourWalk([circle], [])).toThrow(expect.objectContaining({ code: 'shape' }));
});
