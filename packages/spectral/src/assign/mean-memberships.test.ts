import { fromRows } from '@crossmodal/core';
import { expect, test } from 'vitest';
import { meanMemberships } from './mean-memberships.js';

test('the mean over the modalities of an object; even where it has none, or none of a weight', () => {
  const a = fromRows([
    [1, 0],
    [0.25, 0.75],
    [1, 0],
    [1, 0],
  ]);
  const b = fromRows([
    [0, 1],
    [1, 0],
    [0, 1],
    [0, 1],
  ]);
  const { values } = meanMemberships([
    { rows: a, weight: 0.75, present: Uint8Array.of(1, 1, 0, 0) },
    { rows: b, weight: 0.25, present: Uint8Array.of(1, 0, 1, 0) },
  ]);
  expect([...values]).toEqual([0.75, 0.25, 0.25, 0.75, 0, 1, 0.5, 0.5]);
});
