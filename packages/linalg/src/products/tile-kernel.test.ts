import { randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { machineTiles, portableTiles, TILE } from './tile-kernel.js';

const few = fc.integer({ min: 1, max: 4 });

test.prop([fc.integer({ min: 1, max: 40 }), few, fc.option(few, { nil: undefined }), fc.nat(9999)])(
  'machine code and plain loops give the sums of the definition, to the last bit (rows, panels, seed)',
  (rows, aPanels, bPanels, seed) => {
    const random = randomSource(seed);
    const sizes = { rows, aPanels, ...(bPanels !== undefined && { bPanels }) };
    const kernels = [machineTiles(sizes)!, portableTiles(sizes)];
    const a = Float64Array.from({ length: TILE * rows * aPanels }, () => random.normal());
    const b =
      bPanels === undefined ? a : Float64Array.from({ length: TILE * rows * bPanels }, () => random.normal());
    for (const kernel of kernels) {
      kernel.a.set(a);
      kernel.b.set(b);
    }
    for (let p = 0; p < aPanels; p++) {
      for (const kernel of kernels) kernel.run(p, bPanels ?? aPanels);
      kernels[0]!.tiles.forEach((value, at) => {
        const [q, i, j] = [Math.floor(at / TILE ** 2), Math.floor(at / TILE) % TILE, at % TILE];
        let sum = 0;
        for (let r = 0; r < rows; r++) sum += a[(p * rows + r) * TILE + i]! * b[(q * rows + r) * TILE + j]!;
        expect(value).toBe(sum);
        expect(kernels[1]!.tiles[at]).toBe(sum);
      });
    }
  },
);

test('only as many panels as told are multiplied', () => {
  for (const kernel of [machineTiles({ rows: 1, aPanels: 2 })!, portableTiles({ rows: 1, aPanels: 2 })]) {
    kernel.a.fill(1);
    kernel.tiles.fill(7);
    kernel.run(1, 1);
    expect([...kernel.tiles.slice(0, 17)]).toEqual([...new Array<number>(16).fill(1), 7]);
    kernel.run(0, 0);
    expect(kernel.tiles[16]).toBe(7);
  }
});

test('too many numbers for an address of 32 bits get no machine code', () => {
  expect(machineTiles({ rows: 2 ** 24, aPanels: 2 ** 10 })).toBeUndefined();
});
