import { denseMatrix, randomSource, type CsrMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import {
  buildSparseGraphs,
  GRAPHS_C5,
  sparseCrossGraph,
  strongestProducts,
  type KernelFeatures,
} from '../../index.js';
import { strongestAmong } from '../../solvers/sparse/strongest-among.js';
import { candidateRows } from './candidate-rows.js';
import { candidateCount, sparseSettings } from './sparse-options.js';

const seeds = fc.nat(10_000);
const signs = fc.constantFrom('both' as const, 'positive' as const, 'negative' as const);

/** Unit rows around a few directions; those named lack the modality. */
function modality(n: number, d: number, seed: number, absent: readonly number[] = []): KernelFeatures {
  const random = randomSource(seed);
  const centres = Float64Array.from({ length: 6 * d }, () => random.normal());
  const values = new Float32Array(n * d);
  for (let i = 0; i < n; i++) {
    const row = values.subarray(i * d, (i + 1) * d);
    for (let c = 0; c < d; c++) row[c] = centres[(i % 6) * d + c]! + random.normal();
    const length = Math.hypot(...row);
    for (let c = 0; c < d; c++) row[c]! /= length;
    if (absent.includes(i)) row.fill(0);
  }
  const features = denseMatrix(values, n, d);
  return absent.length === 0
    ? { features }
    : { features, present: Uint8Array.from({ length: n }, (_, i) => (absent.includes(i) ? 0 : 1)) };
}

/** Share of the entries of one graph that another has too. */
function shared(of: CsrMatrix, among: CsrMatrix): number {
  let found = 0;
  for (let i = 0; i < of.rows; i++) {
    const row = new Set(among.columnIndices.subarray(among.rowOffsets[i], among.rowOffsets[i + 1]));
    for (const j of of.columnIndices.subarray(of.rowOffsets[i], of.rowOffsets[i + 1]))
      found += Number(row.has(j));
  }
  return found / of.values.length;
}

test.prop([fc.integer({ min: 2, max: 50 }), fc.integer({ min: 1, max: 9 }), signs, seeds], { numRuns: 30 })(
  'among all rows the strongest products are those of all pairs (n, d, sign, seed)',
  async (n, d, sign, seed) => {
    const random = randomSource(seed);
    const drawn = Float32Array.from({ length: n * d }, () => random.normal());
    // Every third row is a copy of the first: of equal products the smaller number is kept.
    for (let i = 3; i < n; i += 3) drawn.copyWithin(i * d, 0, d);
    const rows = denseMatrix(drawn, n, d);
    const offsets = Int32Array.from({ length: n + 1 }, (_, i) => i * (n - 1));
    const others = Int32Array.from({ length: n * (n - 1) }, (_, p) => {
      const i = Math.floor(p / (n - 1));
      const j = p - i * (n - 1);
      return j < i ? j : j + 1;
    });
    const candidates = { offsets, rows: others };
    const found = await strongestAmong(rows, rows, { candidates, neighbours: 4, sign });
    const all = await strongestProducts(rows, { neighbours: 4, sign });
    expect(found.rowOffsets).toEqual(all.rowOffsets);
    found.columnIndices.forEach((j, p) => {
      // The engine and a loop round differently, so that near ties may go either way; copies may not.
      if (j % 3 === 0) expect(all.columnIndices[p]! % 3 === 0 ? all.columnIndices[p] : j).toBe(j);
    });
    found.values.forEach((value, p) => expect(value).toBeCloseTo(all.values[p]!, 4));
  },
);

test.prop([fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 50 }), seeds], { numRuns: 20 })(
  'candidates are other rows, ascending, once, near in one modality at least (n, count, seed)',
  async (n, count, seed) => {
    const absent = [0, 3].filter((i) => i < n);
    const given = [modality(n, 4, seed, absent), modality(n, 6, seed + 1)];
    const { joint } = await candidateRows(given, { count, random: randomSource(seed) });
    const { offsets, rows } = joint;
    expect(offsets).toHaveLength(n + 1);
    // Single lists may be short: a row has no more than its near cells hold.
    expect(rows.length).toBeGreaterThanOrEqual((n * Math.min(count, n - 1)) / 2);
    for (let i = 0; i < n; i++) {
      const own = rows.subarray(offsets[i], offsets[i + 1]);
      expect(own.length).toBeLessThanOrEqual(2 * Math.min(count, n - 1));
      expect(own).not.toContain(i);
      own.forEach((j, p) => expect(p === 0 || j > own[p - 1]!).toBe(true));
    }
  },
);

test('graphs and those of new rows among candidates are nearly those of all pairs', async () => {
  const given = [modality(160, 140, 1, [5, 77]), modality(160, 12, 2, [9])];
  const fresh = [modality(20, 140, 3), modality(20, 12, 4, [2])];
  const common = { recipes: GRAPHS_C5, landmarks: 80 };
  const all = await buildSparseGraphs(given, common);
  const some = await buildSparseGraphs(given, { ...common, candidates: 30 });
  all.graphs.forEach((graph, g) => expect(shared(graph, some.graphs[g]!)).toBeGreaterThan(0.9));
  expect(some.graphs[0]!.values).not.toEqual(all.graphs[0]!.values);
  const cross = { ...common, width: 3, ridgeFactor: 1, medians: all.medians };
  const votes = await sparseCrossGraph(given, fresh, cross);
  expect(shared(votes, await sparseCrossGraph(given, fresh, { ...cross, candidates: 30 }))).toBeGreaterThan(
    0.85,
  );
  await expect(buildSparseGraphs(given, { ...common, candidates: 0 })).rejects.toMatchObject({
    code: 'option',
  });
});

test('settings among candidates: 300 columns, as many candidates as a recipe has neighbours, no groups by short lists', async () => {
  const rank = (n: number, candidates?: number) => sparseSettings('test', n, { candidates }).rank;
  expect([rank(2000), rank(8000), rank(20_000), rank(2000, 30)]).toEqual([6000, 375, 300, 300]);
  expect(candidateCount(GRAPHS_C5)).toBe(30);
  expect(candidateCount([{ kind: 'neighbours', neighbours: 40, scale: 60 }])).toBe(60);
  const given = [modality(120, 6, 5)];
  for (const candidates of [2, 6, 30])
    expect((await buildSparseGraphs(given, { recipes: GRAPHS_C5, candidates })).isolated).toEqual([]);
});

test('an abort is heard while candidates are searched and weighed', async () => {
  const given = [modality(120, 140, 5)];
  for (const after of [1, 3, 5]) {
    const stop = new AbortController();
    let turns = 0;
    const timer = setInterval(() => ++turns >= after && stop.abort(), 0);
    const fit = buildSparseGraphs(given, { recipes: GRAPHS_C5, candidates: 20, signal: stop.signal });
    await expect(fit).rejects.toMatchObject({ code: 'aborted' });
    clearInterval(timer);
  }
});
