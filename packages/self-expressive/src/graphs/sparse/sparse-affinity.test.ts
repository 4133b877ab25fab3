import { denseMatrix, randomSource, type CsrMatrix } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import {
  buildAffinity,
  buildSparseAffinity,
  crossGraph,
  GRAPHS_C5,
  GRAPHS_F2,
  GRAPHS_R,
  sparseCrossGraph,
  type GraphRecipe,
  type KernelFeatures,
} from '../../index.js';

/** Unit rows around a few directions, a share of them absent, one modality after the other. */
function modality(n: number, d: number, seed: number, absent: number): KernelFeatures {
  const random = randomSource(seed);
  const centres = Float64Array.from({ length: 4 * d }, () => random.normal());
  const values = new Float32Array(n * d);
  const present = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    present[i] = random.uniform() < absent ? 0 : 1;
    const row = values.subarray(i * d, (i + 1) * d);
    for (let c = 0; c < d; c++) row[c] = centres[(i % 4) * d + c]! + random.normal();
    const length = Math.hypot(...row);
    for (let c = 0; c < d; c++) row[c]! *= present[i] === 0 ? 0 : 1 / length;
  }
  const features = denseMatrix(values, n, d);
  return absent === 0 ? { features } : { features, present };
}

function modalities(n: number, seed: number, count: number, absent: number): KernelFeatures[] {
  return Array.from({ length: count }, (_, v) => modality(n, 5 + 7 * v, seed + v, absent));
}

function filled({ rows, columns, rowOffsets, columnIndices, values }: CsrMatrix): Float32Array {
  const all = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let p = rowOffsets[i]!; p < rowOffsets[i + 1]!; p++)
      all[i * columns + columnIndices[p]!] = values[p]!;
  return all;
}

/** Largest difference between two graphs. */
function difference(a: CsrMatrix, b: CsrMatrix): number {
  const [p, q] = [filled(a), filled(b)];
  return p.reduce((most, value, at) => Math.max(most, Math.abs(value - q[at]!)), 0);
}

// All coefficients are kept, so that no near tie decides which are; what is left is single precision and the jitter of the landmarks.
const all = (recipes: readonly GraphRecipe[], n: number) =>
  recipes.map((recipe) => ({
    ...recipe,
    neighbours: n,
    ...(recipe.kind === 'neighbours' ? { scale: n } : {}),
  }));
const sets = fc.constantFrom(GRAPHS_R, GRAPHS_C5);
const TOLERANCE = 2e-3;

const samples = fc.integer({ min: 1, max: 60 });
const counts = fc.integer({ min: 1, max: 3 });
const shares = fc.constantFrom(0, 0.3);
const seeds = fc.nat(10_000);

test.prop([samples, counts, shares, sets, seeds], { numRuns: 16 })(
  'with all rows as landmarks the graph is that of the dense route (n, modalities, share absent, recipes, seed)',
  async (n, count, absent, set, seed) => {
    const given = modalities(n, seed, count, absent);
    const recipes = all(set, n);
    const before = tf.memory().numTensors;
    const sparse = await buildSparseAffinity(given, { recipes, landmarks: n, rank: n, ridgeFactor: 1.5 });
    expect(tf.memory().numTensors).toBe(before);
    const dense = await buildAffinity(given, { recipes, ridgeFactor: 1.5 });
    expect(difference(sparse.affinity, dense.affinity)).toBeLessThan(TOLERANCE);
    sparse.medians.forEach((median, v) => expect(median).toBeCloseTo(dense.medians[v]!, 5));
  },
);

test.prop([samples, fc.integer({ min: 1, max: 9 }), counts, shares, sets, seeds], { numRuns: 16 })(
  'so is the graph of new samples (n, new samples, modalities, share absent, recipes, seed)',
  async (n, m, count, absent, set, seed) => {
    const fitted = modalities(n, seed, count, absent);
    const given = modalities(m, seed + 10, count, absent);
    const recipes = all(set, n);
    const weights = set.map((_, g) => 0.5 + g);
    const { medians } = await buildAffinity(fitted, { recipes });
    const options = { recipes, medians, weights, width: 3, ridgeFactor: 1 };
    const sparse = await sparseCrossGraph(fitted, given, { ...options, landmarks: n, rank: n });
    expect(difference(sparse, crossGraph(fitted, given, options))).toBeLessThan(15 * TOLERANCE);
  },
);

test.prop([seeds], { numRuns: 2 })(
  'fewer landmarks and columns give most of the same neighbours (seed)',
  async (seed) => {
    const given = modalities(160, seed, 2, 0);
    const dense = await buildAffinity(given, { recipes: GRAPHS_F2 });
    const shared = async (options: { landmarks: number; rank?: number }) => {
      const { affinity } = await buildSparseAffinity(given, { recipes: GRAPHS_F2, ...options });
      const [p, q] = [filled(affinity), filled(dense.affinity)];
      return p.filter((value, at) => value > 0 && q[at]! > 0).length / q.filter((value) => value > 0).length;
    };
    const [most, fewer, cut] = [
      await shared({ landmarks: 100 }),
      await shared({ landmarks: 12 }),
      await shared({ landmarks: 100, rank: 6 }),
    ];
    expect(most).toBeGreaterThan(0.7);
    expect(fewer).toBeLessThan(most);
    expect(cut).toBeLessThan(most);
  },
);
