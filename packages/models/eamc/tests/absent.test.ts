import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paired, randomSource, selectRows, vectors, type Paired } from '@crossmodal/core';
import { latentClusters, removeRows } from '@crossmodal/datasets';
import { tf, useBackend } from '@crossmodal/tensors';
import { barsAndPoints } from '@crossmodal/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { createEamc, loadEamc, type EamcOptions } from '../src/index.js';

const tiny = { batchSize: 12, filters: 4, hiddenUnits: 12, latentUnits: 6, headUnits: 8, leastSteps: 0 };
const quick: EamcOptions = { ...tiny, contrastEpochs: 2, headEpochs: 2, epochs: 2 };
const presets: [string, EamcOptions][] = [
  ['default', quick],
  ['paper, text', { preset: 'paper', epochs: 3, runs: 1, batchSize: 12 }],
  ['paper, code', { preset: 'paper', reading: 'code', epochs: 3, runs: 1, batchSize: 12 }],
];

beforeAll(async () => {
  await useBackend('onnx', { threads: 1 });
});

const range = (n: number, from = 0) => Array.from({ length: n }, (_, i) => from + i);

/** The data without some rows of one modality. */
function without(data: Paired, modality: number, rows: Iterable<number>): Paired {
  const present = new Uint8Array(data.n).fill(1);
  for (const row of rows) present[row] = 0;
  return paired(
    data.modalities.map((own, v) => (v === modality ? vectors(own.name, own.features, present) : own)),
  );
}

function points(n: number, seed: number): Paired {
  const modalities = [{ dimension: 9 }, { dimension: 7 }, { dimension: 5 }];
  return latentClusters({ n, clusters: 3, modalities, random: randomSource(seed) }).data;
}

test('flags that are all 1 change nothing', async () => {
  const data = points(24, 1);
  const flagged = paired(
    data.modalities.map(({ name, features }) => vectors(name, features, new Uint8Array(24).fill(1))),
  );
  const [one, two] = [
    await createEamc(quick).fit(data, { clusters: 3, seed: 1 }),
    await createEamc(quick).fit(flagged, { clusters: 3, seed: 1 }),
  ];
  for (const key of ['labels', 'memberships', 'embedding', 'history', 'modalityWeights'] as const)
    expect(two[key]).toEqual(one[key]);
  one.dispose();
  two.dispose();
});

test.each(presets)(
  '%s: a modality of one single row is absent from most batches, and nothing is NaN',
  async (_, options) => {
    const before = tf.memory().numTensors;
    const data = without(points(36, 3), 1, range(35, 1));
    const fitted = await createEamc(options).fit(data, { clusters: 3, seed: 1 });
    expect(fitted.history.every(({ losses }) => Object.values(losses).every(Number.isFinite))).toBe(true);
    expect(fitted.memberships!.values.every(Number.isFinite)).toBe(true);
    expect(fitted.embedding.values.every(Number.isFinite)).toBe(true);
    const weights = Object.values(fitted.modalityWeights);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    fitted.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);

test.prop(
  [
    fc.constantFrom(...presets),
    fc.double({ min: 0.05, max: 0.6, noNaN: true }),
    fc.integer({ min: 0, max: 500 }),
  ],
  { numRuns: 1 },
)('permuting rows permutes the outcome (preset, rate, seed)', async ([, options], rate, seed) => {
  const data = removeRows(points(24, seed), { rate, random: randomSource(seed) });
  const order = randomSource(seed + 1).permutation(24);
  const one = await createEamc(options).fit(data, { clusters: 3, seed });
  const two = await createEamc(options).fit(selectRows(data, order), { clusters: 3, seed });
  expect([...two.labels]).toEqual([...order].map((row) => one.labels[row]));
  expect(two.history).toEqual(one.history);
  one.dispose();
  two.dispose();
});

test.each(presets.slice(0, 2))(
  '%s: what a lacking row is given depends on what it has alone; saved models predict it the same',
  async (_, options) => {
    const data = without(points(36, 2), 0, [0, 5, 9]);
    const fitted = await createEamc(options).fit(data, { clusters: 3, seed: 4 });
    const fresh = points(12, 2);
    const gaps = without(without(fresh, 0, range(6)), 2, [0, 7, 8]);
    const soft = await fitted.predictMemberships(gaps);
    expect([soft.rows, soft.columns]).toEqual([12, 3]);
    // The same rows by themselves; other sizes of a product add up in another order.
    const few = await fitted.predictMemberships(selectRows(gaps, [0, 7, 11]));
    [0, 7, 11].forEach((row, i) =>
      few.values
        .subarray(3 * i, 3 * i + 3)
        .forEach((value, c) => expect(value).toBeCloseTo(soft.values[3 * row + c]!, 5)),
    );
    const complete = await fitted.predictMemberships(fresh);
    for (let p = 9 * 3; p < 12 * 3; p++) expect(complete.values[p]).toBeCloseTo(soft.values[p]!, 5);
    expect(complete.values.slice(0, 3)).not.toEqual(soft.values.slice(0, 3));

    const directory = join(await mkdtemp(join(tmpdir(), 'eamc-absent-')), 'model');
    await fitted.save(directory);
    const loaded = await loadEamc(directory);
    expect(await loaded.predictMemberships(gaps)).toEqual(soft);
    expect(await loaded.predict(gaps)).toEqual(await fitted.predict(gaps));
    expect(loaded.modalityWeights).toEqual(fitted.modalityWeights);
    loaded.dispose();
    fitted.dispose();
    await rm(join(directory, '..'), { recursive: true });
  },
);

test('images may be absent too', async () => {
  const { data } = barsAndPoints(30, 3, 2);
  const [bars, vector] = data.modalities;
  const present = Uint8Array.from(range(30), (i) => (i % 4 === 0 ? 0 : 1));
  const fitted = await createEamc(quick).fit(paired([{ ...bars!, present }, vector!]), { clusters: 3 });
  expect(fitted.memberships!.values.every(Number.isFinite)).toBe(true);
  fitted.dispose();
});
