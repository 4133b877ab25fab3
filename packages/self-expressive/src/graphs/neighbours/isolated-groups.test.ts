import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { buildGraphs } from '../build-graphs.js';
import { GRAPHS_N5 } from '../graph-recipe.js';

/** Two groups of `n` rows of deviation 1, 20 apart, and `far` rows 20 from both, the last ones; shape `[2 n + far, d]`. */
function withFar(n: number, far: number, d: number, seed: number) {
  const random = randomSource(seed);
  const values = new Float32Array((2 * n + far) * d);
  for (let i = 0; i < 2 * n + far; i++) {
    const group = i < n ? 0 : i < 2 * n ? 1 : 2;
    const centre = [
      [20, 0],
      [0, 0],
      [0, 20],
    ][group]!;
    for (let j = 0; j < d; j++) values[i * d + j] = (centre[j] ?? 0) + 1 + random.normal();
  }
  return { features: denseMatrix(values, 2 * n + far, d) };
}
const isolatedOf = async (...modalities: Parameters<typeof buildGraphs>[0]) =>
  (await buildGraphs(modalities, { recipes: GRAPHS_N5 })).isolated.map((group) => [...group]);
const last = (n: number, far: number) => Array.from({ length: far }, (_, i) => 2 * n + i);
const seeds = fc.nat(1000);
const few = fc.integer({ min: 1, max: 6 });
const widths = fc.integer({ min: 2, max: 5 });

describe('isolated groups', () => {
  test.prop([few, widths, seeds], { numRuns: 15 })(
    'are the few rows far from all others, one group together (far, d, seed)',
    async (far, d, seed) => {
      expect(await isolatedOf(withFar(60, far, d, seed))).toEqual([last(60, far)]);
    },
  );

  test.prop([few, seeds], { numRuns: 10 })(
    'have to be far in all modalities that their rows have (far, seed)',
    async (far, seed) => {
      const there = withFar(60, far, 3, seed);
      const near = withFar(60 + far, 0, 3, seed + 1);
      const rows = { features: denseMatrix(near.features.values.slice(0, (120 + far) * 3), 120 + far, 3) };
      expect(await isolatedOf(there, rows)).toEqual([]);
      const present = Uint8Array.from({ length: 120 + far }, (_, i) => (i < 120 ? 1 : 0));
      expect(await isolatedOf(there, { ...rows, present })).toEqual([last(60, far)]);
    },
  );

  test('are hardly ever tails of one cluster', async () => {
    let told = 0;
    for (let draw = 0; draw < 40; draw++) {
      const random = randomSource(draw);
      const d = 2 + (draw % 4);
      const values = Float32Array.from({ length: 200 * d }, () => 5 + random.normal());
      if ((await isolatedOf({ features: denseMatrix(values, 200, d) })).length > 0) told++;
    }
    expect(told).toBeLessThanOrEqual(2);
  });

  test.prop([widths, seeds], { numRuns: 10 })('have fewer than seven rows (d, seed)', async (d, seed) => {
    const found = await isolatedOf(withFar(100, 7, d, seed));
    expect(found.flat().filter((row) => row >= 200)).toEqual([]);
  });

  test('there are none among few rows, equal rows or rows that are all absent', async () => {
    expect(await isolatedOf(withFar(2, 1, 2, 1))).toEqual([]);
    expect(await isolatedOf({ features: denseMatrix(new Float32Array(60).fill(1), 30, 2) })).toEqual([]);
    expect(await isolatedOf({ features: denseMatrix(new Float32Array(60), 30, 2) })).toEqual([]);
  });
});
