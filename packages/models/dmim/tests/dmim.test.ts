import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paired, randomSource, type Paired } from '@crossmodal/core';
import { latentClusters } from '@crossmodal/datasets';
import { accuracy } from '@crossmodal/metrics';
import { tf, useBackend } from '@crossmodal/tensors';
import { barsAndPoints, recovers, samePartition } from '@crossmodal/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDmim, loadDmim, type DmimOptions } from '../src/index.js';
import { meaningful } from './parts.js';
import { plantedVectors, withNoise } from './planted.js';

beforeAll(() => useBackend('onnx', { threads: 1 }));

const quick: DmimOptions = { overclusteringSteps: 8, restarts: 2, steps: 6, units: 16, refreshEvery: 3 };
const enough: DmimOptions = { overclusteringSteps: 30, steps: 20 };
const quickPaper: DmimOptions = { preset: 'paper', steps: 6, learningRate: 1e-2, refreshEvery: 2 };

async function summary(options: DmimOptions, data: Paired = plantedVectors(30, 3, 1).data) {
  const fitted = await createDmim(meaningful(options)).fit(data, { clusters: 3, seed: 3 });
  fitted.dispose();
  const { labels, memberships, history, modalityWeights } = fitted;
  return { labels, memberships, history, modalityWeights };
}

describe('the default', () => {
  test('finds clear clusters of images and vectors, and gives soft memberships (seed 1)', async () => {
    const { data, labels } = barsAndPoints(60, 3, 1);
    const fitted = await createDmim(enough).fit(data, { clusters: 3, seed: 1 });
    fitted.dispose();
    expect(samePartition(fitted.labels, labels)).toBe(true);
    const { rows, columns, values } = fitted.memberships!;
    expect([rows, columns]).toEqual([60, 3]);
    for (let i = 0; i < rows; i++) {
      const row = values.subarray(i * columns, (i + 1) * columns);
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
      expect(row.indexOf(Math.max(...row))).toBe(fitted.labels[i]);
    }
    expect(fitted.embedding.rows).toBe(60);
  });

  test('leaves a modality of noise out, without being told (seed 2)', async () => {
    const { data, labels } = latentClusters({
      n: 200,
      clusters: 4,
      modalities: [{ dimension: 20 }, { dimension: 15 }, { dimension: 10, informative: false }],
      random: randomSource(2),
    });
    const fitted = await createDmim(enough).fit(data, { clusters: 4, seed: 2 });
    fitted.dispose();
    const { view1, view2, view3 } = fitted.modalityWeights;
    expect(view3).toBe(0);
    expect(view1! + view2!).toBeCloseTo(1, 9);
    expect(accuracy(labels, fitted.labels)).toBeGreaterThan(0.95);
    expect(Object.keys(fitted.history.at(-1)!.losses).join()).not.toContain('view3');
  });

  test('the order of rows does not matter, and absent rows have labels', async () => {
    const { data } = plantedVectors(36, 3, 4);
    const [bars, points] = data.modalities;
    const present = Uint8Array.from({ length: 36 }, (_, i) => (i % 7 === 0 ? 0 : 1));
    const zeroed = bars!.features.values.map((value, p) => (present[Math.floor(p / 64)] === 0 ? 0 : value));
    const given = paired([{ ...bars!, features: { ...bars!.features, values: zeroed }, present }, points!]);
    const fitted = await createDmim(quick).fit(given, { clusters: 3, seed: 5 });
    fitted.dispose();
    expect(fitted.labels.every((label) => label >= 0 && label < 3)).toBe(true);
    expect(fitted.memberships!.values.every(Number.isFinite)).toBe(true);
    expect(fitted.history.every(({ losses }) => Object.values(losses).every(Number.isFinite))).toBe(true);
  });

  test('history has every start of overclustering, then the training, by term', async () => {
    const { history } = await summary(quick);
    expect(history.filter(({ phase }) => phase === 'overcluster')).toHaveLength(16);
    expect(history.filter(({ phase }) => phase === 'train')).toHaveLength(6);
    expect(history.map(({ step }) => step)).toEqual([
      ...Array.from({ length: 16 }, (_, t) => t),
      ...Array.from({ length: 6 }, (_, t) => t),
    ]);
    expect(Object.keys(history.at(-1)!.losses).sort()).toEqual([
      'information bars points',
      'overclustering information bars points',
      'superfluous bars',
      'superfluous points',
      'targets bars',
      'targets points',
      'total',
    ]);
  });
});

describe("the paper's preset", () => {
  test('is Eq. 14: information of both heads, the bound, and balanced targets', async () => {
    const { history } = await summary(quickPaper);
    expect(history).toHaveLength(6);
    for (const { losses } of history) {
      const sum =
        -losses['information bars points']! -
        losses['overclustering information bars points']! +
        losses['superfluous bars']! +
        losses['superfluous points']! +
        0.5 * (losses['targets bars']! + losses['targets points']!);
      expect(losses['total']! / sum).toBeCloseTo(1, 4);
    }
  });

  test('three modalities meet in pairs', async () => {
    const { data } = plantedVectors(30, 3, 1);
    const { history, modalityWeights } = await summary(quickPaper, withNoise(data, 3));
    const names = Object.keys(history[0]!.losses).filter((name) => name.startsWith('information'));
    expect(names).toEqual(['information bars points', 'information bars noise', 'information points noise']);
    expect(modalityWeights).toEqual({ bars: 1 / 3, points: 1 / 3, noise: 1 / 3 });
  });

  test("the rows of Table 3 have the terms they say; Figure 4's factor is the size of the second head", async () => {
    const { data } = plantedVectors(30, 3, 1);
    const names = async (options: DmimOptions) =>
      Object.keys((await summary({ ...quickPaper, ...options } as DmimOptions, data)).history[0]!.losses);
    const has = (list: string[], what: string) => list.some((name) => name.startsWith(what));
    const noOver = await names({ overclustering: false });
    expect([has(noOver, 'overclustering'), has(noOver, 'superfluous')]).toEqual([false, true]);
    const noBound = await names({ superfluous: 'none' });
    expect([has(noBound, 'overclustering'), has(noBound, 'superfluous')]).toEqual([true, false]);
    const neither = await names({ overclustering: false, superfluous: 'none', uniform: 'none' });
    expect(neither.sort()).toEqual(['information bars points', 'total']);
  });
});

const changes: [string, object][] = [
  ['reduction', { reduction: 'pad' }],
  ['width', { width: 4 }],
  ['overclustering', { overclustering: false }],
  ['overclusteringFactor', { overclusteringFactor: 3 }],
  ['codes', { codes: 'samples' }],
  ['superfluous', { superfluous: 'none' }],
  ['superfluous categorical', { superfluous: 'categorical' }],
  ['superfluousWeight', { superfluousWeight: 5 }],
  ['uniform', { uniform: 'none' }],
  ['targetWeight', { targetWeight: 0.1 }],
  ['refreshEvery', { refreshEvery: 4 }],
  ['targetPower', { targetPower: 5 }],
  ['steps', { steps: 5 }],
  ['batchSize', { batchSize: 11 }],
  ['learningRate', { learningRate: 3e-3 }],
];
/** The second stage alone, where one is enough to see a change. */
const trained: DmimOptions = { ...quick, overclusteringSteps: 0 };
const defaultChanges: [string, object][] = [
  ['align', { align: false }],
  ['units', { units: 12 }],
  ['neighbours', { neighbours: 2 }],
  ['no neighbours', { neighbours: 0 }],
  ['finalWalk', { finalWalk: 1 }],
];
/** The first stage alone. */
const started: DmimOptions = { ...quick, steps: 0 };
const startChanges: [string, object][] = [
  ['walk', { walk: 2 }],
  ['overclusteringSteps', { overclusteringSteps: 7 }],
  ['restarts', { restarts: 1 }],
  ['start', { start: 'random' }],
];

const imageChanges: [string, object][] = [
  ['filters', { filters: 4 }],
  ['kernelSize', { kernelSize: 3 }],
  ['cells', { cells: 3 }],
];

/** What the options that are changed are compared with; fitted once. */
const references = new Map<DmimOptions, ReturnType<typeof summary>>();
function reference(options: DmimOptions): ReturnType<typeof summary> {
  const known = references.get(options) ?? summary(options);
  references.set(options, known);
  return known;
}

describe('options', () => {
  test('those of the front end of images change the result', async () => {
    const { data } = barsAndPoints(24, 3, 1);
    const untrained = { overclusteringSteps: 0, steps: 0, width: 8 };
    const results = [];
    for (const [, change] of [['none', {}] as const, ...imageChanges])
      results.push(
        (await summary({ ...untrained, ...change } as DmimOptions, data)).memberships!.values.join(),
      );
    expect(new Set(results).size).toBe(results.length);
  });

  test.each([...changes, ...defaultChanges])('%s changes the result', async (_, change) => {
    expect(await summary({ ...trained, ...change } as DmimOptions)).not.toEqual(await reference(trained));
  });

  test.each(startChanges)('%s changes the first stage', async (_, change) => {
    expect(await summary({ ...started, ...change } as DmimOptions)).not.toEqual(await reference(started));
  });

  test.each(changes)('%s of the paper preset changes the result', async (_, change) => {
    expect(await summary({ ...quickPaper, ...change } as DmimOptions)).not.toEqual(
      await reference(quickPaper),
    );
  });

  test.each<[string, object]>([
    ['an unknown option', { learnRate: 1 }],
    ['an option of the default preset', { preset: 'paper', walk: 3 }],
    ['an unknown preset', { preset: 'quick' }],
    ['a negative rate', { learningRate: -1 }],
    ['a bound that weighs nothing', { superfluousWeight: 0 }],
  ])('%s is refused', (_, options) => {
    expect(() => createDmim(options)).toThrow(expect.objectContaining({ code: 'option' }));
  });
});

describe('a fitted model', () => {
  test.each<[string, DmimOptions]>([
    ['default', quick],
    ['padded samples', { ...quick, reduction: 'pad', codes: 'samples' } as DmimOptions],
    ['paper', quickPaper],
  ])('predicts, is saved and comes back as it was: %s', async (_, options) => {
    const source = options === quick ? barsAndPoints : plantedVectors;
    const { data } = source(36, 3, 2);
    const fresh = source(15, 3, 2);
    const parent = await mkdtemp(join(tmpdir(), 'dmim-'));
    const directory = join(parent, 'model');
    const before = tf.memory().numTensors;
    const fitted = await createDmim(options).fit(withNoise(data, 1), { clusters: 3, seed: 4 });
    const given = withNoise(fresh.data, 2);
    const predicted = await fitted.predict(given);
    expect(await fitted.predict(withNoise(data, 1))).toEqual(fitted.labels);
    const soft = await fitted.predictMemberships(given);
    expect([soft.rows, soft.columns]).toEqual([15, 3]);
    await fitted.save(directory);
    expect((await readdir(directory)).sort()).toEqual(['arrays.npz', 'crossmodal-files.json', 'model.json']);
    const loaded = await loadDmim(directory);
    expect(await loaded.predict(given)).toEqual(predicted);
    for (const part of [
      'labels',
      'memberships',
      'embedding',
      'history',
      'options',
      'modalityWeights',
    ] as const)
      expect(loaded[part]).toEqual(fitted[part]);
    loaded.dispose();
    fitted.dispose();
    expect(tf.memory().numTensors).toBe(before);
    for (const call of [
      () => fitted.predict(given),
      () => fitted.predictMemberships(given),
      () => fitted.save(directory),
    ])
      await expect(call()).rejects.toThrow(expect.objectContaining({ code: 'state' }));
    await rm(parent, { recursive: true });
  });

  test('new samples need the modalities of the fit; none at all is fine', async () => {
    const { data } = plantedVectors(24, 3, 2);
    const fitted = await createDmim(quick).fit(data, { clusters: 3 });
    await expect(fitted.predict(paired([data.modalities[0]!]))).rejects.toThrow(
      expect.objectContaining({ code: 'shape' }),
    );
    expect(await fitted.predict({ ...data, n: 0 })).toHaveLength(0);
    fitted.dispose();
  });

  test('a saved model with options that no fit could have is damaged', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'dmim-'));
    const directory = join(parent, 'model');
    const before = tf.memory().numTensors;
    const fitted = await createDmim(quick).fit(plantedVectors(18, 2, 2).data, { clusters: 2 });
    await fitted.save(directory);
    fitted.dispose();
    const path = join(directory, 'model.json');
    const good = await readFile(path, 'utf8');
    for (const [from, to] of [
      ['"restarts": 2', '"restarts": -2'],
      ['"units": 16', '"units": 15'],
      ['"clusters": 2', '"clusters": 1'],
    ] as const) {
      expect(good).toContain(from);
      await writeFile(path, good.replace(from, to));
      await expect(loadDmim(directory)).rejects.toThrow(expect.objectContaining({ code: 'format' }));
    }
    expect(tf.memory().numTensors).toBe(before);
    await rm(parent, { recursive: true });
  });
});

describe('failures', () => {
  test('an abort stops each stage and frees everything', async () => {
    const { data } = plantedVectors(24, 3, 2);
    const before = tf.memory().numTensors;
    for (const [options, phases] of [
      [quick, ['prepare', 'overcluster', 'train', 'assign']],
      [quickPaper, ['prepare', 'train', 'assign']],
    ] as const) {
      for (const phase of phases) {
        const controller = new AbortController();
        const run = createDmim(options).fit(data, {
          clusters: 3,
          signal: controller.signal,
          onProgress: (event) => {
            if (event.phase === phase) controller.abort();
          },
        });
        await expect(run).rejects.toThrow(expect.objectContaining({ code: 'aborted' }));
      }
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each<[string, DmimOptions, RegExp]>([
    ['default', { ...quick, learningRate: 1e38 } as DmimOptions, /overcluster, step \d+/],
    ['paper', { ...quickPaper, learningRate: 1e38 } as DmimOptions, /train, step \d+/],
  ])('a divergence names the step, and keeps the last good state: %s', async (_, wild, words) => {
    const { data } = plantedVectors(24, 3, 2);
    const { error } = await recovers(createDmim(wild), data, { clusters: 3, load: loadDmim });
    expect(error.message).toMatch(words);
  });

  test('one modality has no other to share with', async () => {
    const { data } = plantedVectors(12, 2, 2);
    const run = createDmim(quick).fit(paired([data.modalities[0]!]), { clusters: 2 });
    await expect(run).rejects.toThrow(expect.objectContaining({ code: 'unsupported' }));
  });
});
