import { denseMatrix, randomSource, toDense } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  buildGraphs,
  crossGraph,
  GRAPHS_C5,
  type KernelFeatures,
  type NeighbourRecipe,
} from '../../index.js';

const recipe: NeighbourRecipe = { kind: 'neighbours', neighbours: 3, scale: 5 };
const sizes = fc.integer({ min: 1, max: 25 });
const seeds = fc.nat(10_000);

function drawn(n: number, seed: number, rate = 0): Required<KernelFeatures> {
  const random = randomSource(seed);
  const present = Uint8Array.from({ length: n }, () => (random.uniform() < rate ? 0 : 1));
  const values = Float64Array.from({ length: n * 4 }, () => random.normal());
  for (let i = 0; i < n; i++) {
    const row = values.subarray(i * 4, i * 4 + 4);
    const norm = Math.hypot(...row);
    for (let c = 0; c < 4; c++) row[c] = present[i] === 1 ? row[c]! / norm : 0;
  }
  return { features: denseMatrix(values, n, 4), present };
}

/** Row i of `given` against all of `known`, nearest first; itself is left out by its number. */
function nearest(given: Required<KernelFeatures>, i: number, known: Required<KernelFeatures>, self: number) {
  if (given.present[i] === 0) return [];
  return Array.from(known.present.keys())
    .filter((j) => j !== self && known.present[j] === 1)
    .map((j) => {
      let dot = 0;
      for (let c = 0; c < 4; c++)
        dot += given.features.values[i * 4 + c]! * known.features.values[j * 4 + c]!;
      return { j, distance: Math.max(2 - 2 * dot, 1e-9) };
    })
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, recipe.scale);
}

/** The directed weights in plain loops, `[m, n]`. */
function plainRows(given: Required<KernelFeatures>, known: Required<KernelFeatures>): number[][] {
  const fresh = given !== known;
  const scaleOf = (list: { distance: number }[]) => Math.sqrt(list.at(-1)?.distance ?? 0);
  const n = known.features.rows;
  const scales = Array.from({ length: n }, (_, j) => scaleOf(nearest(known, j, known, j)));
  return Array.from({ length: given.features.rows }, (_, i) => {
    const list = nearest(given, i, known, fresh ? -1 : i);
    const row = new Array<number>(n).fill(0);
    for (const { j, distance } of list.slice(0, recipe.neighbours))
      row[j] = Math.exp(-distance / (scaleOf(list) * scales[j]!));
    const largest = Math.max(...row, 1e-12);
    return row.map((x) => x / largest);
  });
}

describe('neighbour graphs', () => {
  test.prop([sizes, fc.constantFrom(0, 0.3, 0.9), seeds], { numRuns: 40 })(
    'are their formula in plain loops, absent rows without neighbours (n, rate, seed)',
    async (n, rate, seed) => {
      const modality = drawn(n, seed, rate);
      const { graphs } = await buildGraphs([modality], { recipes: [recipe] });
      const rows = plainRows(modality, modality);
      const dense = toDense(graphs[0]!).values;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          // Products of unit rows in single precision; a distance of nearly 0 turns them into a relative error.
          expect(Math.abs(dense[i * n + j]! - (rows[i]![j]! + rows[j]![i]!) / 2)).toBeLessThan(1e-3);
          expect(dense[i * n + j]).toBe(dense[j * n + i]);
        }
      }
    },
  );

  test.prop([sizes, fc.constantFrom(0, 0.3), seeds], { numRuns: 40 })(
    'of new rows are theirs, by the scales of the fit (n, rate, seed)',
    (n, rate, seed) => {
      const known = drawn(n, seed, rate);
      const fresh = drawn(6, seed + 1, rate);
      const graph = crossGraph([known], [fresh], {
        recipes: [recipe],
        width: 3,
        ridgeFactor: 1,
        medians: [0],
      });
      const dense = toDense(graph).values;
      const usable = known.present.reduce((sum, flag) => sum + flag, 0);
      plainRows(fresh, known).forEach((row, i) =>
        row.forEach((x, j) => {
          // A training row by itself has no scale, so nothing is near it.
          if (usable > 1) expect(Math.abs(dense[i * n + j]! - x)).toBeLessThan(1e-3);
        }),
      );
    },
  );

  test('a row of many copies is joined to copies, and a row without length to none', async () => {
    const values = new Float64Array(30);
    for (let i = 0; i < 20; i += 2) values[i] = 1;
    for (let i = 21; i < 28; i += 2) values[i] = 1;
    const features = denseMatrix(values, 15, 2);
    const { graphs } = await buildGraphs([{ features }], { recipes: [{ ...recipe, scale: 7 }] });
    const { rowOffsets, columnIndices } = graphs[0]!;
    for (let i = 0; i < 10; i++)
      for (const j of columnIndices.subarray(rowOffsets[i], rowOffsets[i + 1])) expect(j).toBeLessThan(10);
    expect(rowOffsets[15]! - rowOffsets[14]!).toBe(0);
  });

  test('recipes that cannot be are refused', async () => {
    const modality = drawn(4, 1);
    for (const wrong of [{ neighbours: 0 }, { scale: 2 }, { neighbours: 1.5 }])
      await expect(buildGraphs([modality], { recipes: [{ ...recipe, ...wrong }] })).rejects.toMatchObject({
        code: 'option',
      });
  });
});

test.prop([fc.integer({ min: 2, max: 12 }), seeds], { numRuns: 10 })(
  'weights multiply the graphs of new rows (n, seed)',
  async (n, seed) => {
    const known = [drawn(n, seed), drawn(n, seed + 1)];
    const fresh = [drawn(3, seed + 2), drawn(3, seed + 3)];
    const { medians, graphs } = await buildGraphs(known, { recipes: GRAPHS_C5 });
    expect(graphs).toHaveLength(GRAPHS_C5.length);
    const settings = { width: 3, ridgeFactor: 1, medians };
    const weights = [0.5, 0, 2, 1, 0.25];
    const together = toDense(crossGraph(known, fresh, { ...settings, recipes: GRAPHS_C5, weights })).values;
    const each = GRAPHS_C5.map(
      (own) => toDense(crossGraph(known, fresh, { ...settings, recipes: [own] })).values,
    );
    together.forEach((x, p) =>
      expect(x).toBeCloseTo(
        each.reduce((sum, graph, g) => sum + weights[g]! * graph[p]!, 0),
        5,
      ),
    );
    expect(() => crossGraph(known, fresh, { ...settings, recipes: GRAPHS_C5, weights: [1] })).toThrow(
      expect.objectContaining({ code: 'shape' }) as Error,
    );
  },
);
