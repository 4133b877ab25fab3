import { randomSource } from '@crossmodal/core';
import { expect, test } from 'vitest';
import { machineTileMemory, plainTileMemory, TILE } from './tile-memory.js';

test.each([1, 2, 7])('machine code and plain loops give the same bit for bit, for %i panels', (count) => {
  const random = randomSource(count);
  const length = 4 * 50;
  const size = (count + 1) * length + count * TILE;
  const memories = [machineTileMemory(size)!, plainTileMemory(size)];
  const values = Float64Array.from({ length: size }, () => random.normal());
  const tile = (count + 1) * length;
  for (const { numbers, multiply } of memories) {
    numbers.set(values);
    multiply({ x: count * length, y: 0, end: count * length, tile, length });
  }
  const [machine, plain] = memories.map(({ numbers }) => Array.from(numbers));
  expect(machine).toEqual(plain);
  // Entry (1, 2) of the last tile goes on with what was there.
  let expected = values[size - TILE + 6]!;
  for (let r = 0; r < 50; r++)
    expected += values[count * length + 4 * r + 1]! * values[(count - 1) * length + 4 * r + 2]!;
  expect(plain![size - TILE + 6]).toBe(expected);
});
