import { fromRows } from '@crossmodal/core';
import { expect, test } from 'vitest';
import { smoothOverModalities } from './smooth-over-modalities.js';
import { smoothOverNeighbours } from './smooth-over-neighbours.js';

const wide = fromRows([
  [2, 4],
  [6, 0],
  [0, 0],
]);
const narrow = fromRows([[4], [0], [8]]);
const list = { count: 1, indices: Int32Array.of(1, 2, 0) };

test('without neighbours, the mean over the modalities in which an object is, narrow ones padded', () => {
  const mean = smoothOverModalities([
    { rows: wide, weight: 0.75, present: Uint8Array.of(1, 1, 0) },
    { rows: narrow, weight: 0.25, present: Uint8Array.of(1, 0, 1), neighbours: list },
  ]);
  expect([...mean.values]).toEqual([2.5, 3, 6, 0, 8, 0]);
});

test('with neighbours, that mean drawn to theirs', () => {
  const modalities = [
    { rows: wide, weight: 0.5, neighbours: list },
    { rows: narrow, weight: 0.5, neighbours: list },
  ];
  const mean = fromRows([
    [3, 2],
    [3, 0],
    [4, 0],
  ]);
  expect(smoothOverModalities(modalities)).toEqual(smoothOverNeighbours(mean, modalities));
});
