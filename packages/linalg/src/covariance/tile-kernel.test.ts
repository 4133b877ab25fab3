import { randomSource } from '@crossmodal/core';
import { expect, test } from 'vitest';
import { machineKernel, plainKernel } from './tile-kernel.js';

test.each([1, 2, 7])('machine code and plain loops give the same bit for bit, for %i panels', (count) => {
  const random = randomSource(count);
  const [machine, plain] = [machineKernel(count)!, plainKernel(count)];
  expect(machine).toBeDefined();
  // Two batches: the second adds to what the first left.
  for (let batch = 0; batch < 2; batch++) {
    for (let p = 0; p < plain.panels.length; p++) plain.panels[p] = random.normal();
    machine.panels.set(plain.panels);
    for (let a = 0; a < count; a++) for (const { run } of [machine, plain]) run(a);
  }
  expect(Array.from(machine.tiles)).toEqual(Array.from(plain.tiles));
  expect(plain.tiles.every((value) => value !== 0)).toBe(true);
});
