import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { denseMatrix, images, paired, randomSource, selectRows, toDense } from '@crossmodal/core';
import { removeRows } from '@crossmodal/datasets';
import { recovers, samePartition } from '@crossmodal/testing';
import { tf, useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { createCmscDcca, loadCmscDcca, type CmscDccaOptions } from '../src/index.js';
import { planted } from './planted.js';

const quick: CmscDccaOptions = { epochs: 2, batchSize: 12, filters: 6, units: 16, restarts: 3 };
const quickPaper: CmscDccaOptions = { preset: 'paper', pretrainSteps: 2, steps: 2, latentUnits: 8 };
const withOptions = (base: CmscDccaOptions, more: object) => ({ ...base, ...more }) as CmscDccaOptions;
const seeds = fc.integer({ min: 0, max: 500 });

beforeAll(async () => {
  await useBackend('onnx', { threads: 1 });
});

describe('fit', () => {
  test.prop([seeds], { numRuns: 2 })(
    'finds planted clusters, names every term, and leaves no tensor behind (seed)',
    async (seed) => {
      const { data, labels } = planted(12, 3, seed);
      const before = tf.memory().numTensors;
      const fitted = await createCmscDcca(quick).fit(data, { clusters: 3, seed });
      expect(samePartition(fitted.labels, labels)).toBe(true);
      expect(fitted.history).toHaveLength(2 * 3);
      const names = data.modalities.map(({ name }) => name);
      expect(Object.keys(fitted.history[0]!.losses).sort()).toEqual(
        [
          ...names.map((name) => `reconstruction ${name}`),
          ...names.map((name) => `self-expression ${name}`),
          'correlation',
          'total',
        ].sort(),
      );
      fitted.dispose();
      fitted.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.prop([fc.constantFrom(quick, quickPaper), seeds], { numRuns: 2 })(
    'permuting the rows permutes labels and affinity, and changes nothing else (preset, seed)',
    async (options, seed) => {
      const { data } = planted(8, 3, seed);
      const order = randomSource(seed + 1).permutation(24);
      const one = await createCmscDcca(options).fit(data, { clusters: 3, seed });
      const two = await createCmscDcca(options).fit(selectRows(data, order), { clusters: 3, seed });
      expect([...two.labels]).toEqual([...order].map((row) => one.labels[row]));
      const [a, b] = [toDense(one.affinity!), toDense(two.affinity!)];
      order.forEach((row, i) => {
        order.forEach((column, j) => {
          expect(b.values[i * 24 + j]).toBe(a.values[row * 24 + column]);
        });
      });
      expect(two.history).toEqual(one.history);
      one.dispose();
      two.dispose();
    },
  );

  test('training raises the correlation, and its weight says how much', async () => {
    const { data } = planted(16, 2, 3);
    const last = async (correlationWeight: number) => {
      const options = { ...quick, epochs: 8, headRate: 0.01, correlationWeight };
      const fitted = await createCmscDcca(options).fit(data, { clusters: 2, seed: 1 });
      fitted.dispose();
      return fitted.history.at(-1)!.losses['correlation']!;
    };
    const [without, strong] = [await last(0), await last(100)];
    expect(strong).toBeLessThan(without);
  });

  test('absent rows are left out of every term, whatever they hold', async () => {
    const { data, labels } = planted(8, 3, 5);
    const [bars, ...others] = data.modalities;
    const present = Uint8Array.from({ length: 24 }, (_, i) => (i % 5 === 0 ? 0 : 1));
    const run = async (fill: (p: number) => number) => {
      const values = bars!.features.values.slice();
      for (let p = 0; p < values.length; p++) if (Math.floor(p / 64) % 5 === 0) values[p] = fill(p);
      const gapped = images('bars', denseMatrix(values, 24, 64), { height: 8, width: 8 }, present);
      const fitted = await createCmscDcca(quick).fit(paired([gapped, ...others]), { clusters: 3 });
      fitted.dispose();
      return fitted;
    };
    const zeros = await run(() => 0);
    const noise = await run((p) => (p % 7 === 0 ? NaN : 50 * Math.sin(p * p)));
    expect(samePartition(zeros.labels, labels)).toBe(true);
    expect(zeros.history.every(({ losses }) => Object.values(losses).every(Number.isFinite))).toBe(true);
    expect(noise.history).toEqual(zeros.history);
    expect(noise.embedding).toEqual(zeros.embedding);
  });

  test('the paper preset takes absent rows too', async () => {
    const { data } = planted(8, 3, 5);
    const incomplete = removeRows(data, { rate: 0.2, random: randomSource(4) });
    const fitted = await createCmscDcca(quickPaper).fit(incomplete, { clusters: 3 });
    expect(await fitted.predict(incomplete)).toHaveLength(24);
    fitted.dispose();
  });
});

test('without self-expression, k-means sees no zeros for rows that lack a modality, in the fit and in predict', async () => {
  const { data, labels } = planted(14, 3, 5);
  const holes = removeRows(data, { rate: 0.3, random: randomSource(2) });
  const fitted = await createCmscDcca(withOptions(quick, { selfExpression: false })).fit(holes, {
    clusters: 3,
  });
  const { values, rows, columns } = fitted.embedding;
  const zeros = (lacks: boolean) =>
    Array.from({ length: rows }, (_, i) => i)
      .filter((i) => holes.modalities.some(({ present }) => present![i] === 0) === lacks)
      .map((i) => values.subarray(i * columns, (i + 1) * columns).filter((x) => x === 0).length);
  // Units that never fire are zero in all rows; a block of zeros beside would be the place of a missing row.
  expect(Math.max(...zeros(true))).toBeLessThanOrEqual(Math.max(...zeros(false)));
  expect(samePartition(fitted.labels, labels)).toBe(true);
  expect(await fitted.predict(holes)).toEqual(fitted.labels);
  fitted.dispose();
});

describe('what can be left out', () => {
  const parts = ['correlation', 'selfExpression', 'decoder'] as const;
  const words = { correlation: 'correlation', selfExpression: 'self-expression', decoder: 'reconstruction' };

  test.each(
    [quick, quickPaper].flatMap((base) =>
      parts.map((part) => [base.preset ?? 'default', part, base] as const),
    ),
  )('%s without %s: it clusters, and the term is gone', async (preset, part, base) => {
    const { data, labels } = planted(10, 3, 2);
    const { pretrainSteps, ...others } = withOptions(base, { [part]: false }) as CmscDccaOptions & {
      readonly pretrainSteps?: number;
    };
    // Without decoders there is no pre-training, and its steps are refused.
    const options = part === 'decoder' || pretrainSteps === undefined ? others : { ...others, pretrainSteps };
    const fitted = await createCmscDcca(options as CmscDccaOptions).fit(data, { clusters: 3 });
    if (preset === 'default') expect(samePartition(fitted.labels, labels)).toBe(true);
    const phase = fitted.history.filter((entry) => entry.phase === 'train');
    for (const other of parts) {
      const there = Object.keys(phase.at(-1)!.losses).some((name) => name.startsWith(words[other]));
      expect(there).toBe(other !== part);
    }
    expect(fitted.affinity === undefined).toBe(part === 'selfExpression');
    expect(fitted.history.some((entry) => entry.phase === 'pretrain')).toBe(
      preset === 'paper' && part !== 'decoder',
    );
    fitted.dispose();
  });

  test('one modality is enough without correlation, and refused with it', async () => {
    const { data, labels } = planted(10, 3, 2);
    const alone = paired([data.modalities[1]!]);
    await expect(createCmscDcca(quick).fit(alone, { clusters: 3 })).rejects.toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
    const fitted = await createCmscDcca(withOptions(quick, { correlation: false })).fit(alone, {
      clusters: 3,
    });
    expect(samePartition(fitted.labels, labels)).toBe(true);
    fitted.dispose();
  });
});

describe('options', () => {
  const changes: object[] = [
    { filters: 7 },
    { kernelSize: 3 },
    { cells: 3 },
    { units: 17 },
    { latentUnits: 3 },
    { features: false },
    { epochs: 3 },
    { batchSize: 8 },
    { learningRate: 0.02 },
    { encoderRate: 0.01 },
    { headRate: 0.01 },
    { correlationWeight: 30 },
    { correlationRidge: 1 },
    { selfExpressionWeight: 3 },
    { refreshEvery: 1 },
    { blockSize: 8 },
    { ridge: 1 },
    { graphs: 'F2' },
    { width: 1 },
    { ridgeReference: 5 },
    { extraEigenvectors: 3 },
    { bandwidth: 2 },
  ];
  const paperChanges: object[] = [
    { latentUnits: 9 },
    { pretrainSteps: 3 },
    { steps: 3 },
    { learningRate: 0.01 },
    { correlationWeight: 30 },
    { correlationRidge: 1 },
    { selfExpressionWeight: 10 },
    { reconstructionWeight: 3 },
  ];
  const summary = async (options: CmscDccaOptions) => {
    const { data } = planted(6, 3, 1);
    const fitted = await createCmscDcca(options).fit(paired(data.modalities.slice(0, 2)), {
      clusters: 3,
      seed: 1,
    });
    fitted.dispose();
    const { embedding, affinity, history } = fitted;
    return { embedding: [...embedding.values], affinity: [...affinity!.values], history };
  };

  const cases = [
    ...changes.map((change) => ['default', Object.keys(change)[0]!, change] as const),
    ...paperChanges.map((change) => ['paper', Object.keys(change)[0]!, change] as const),
  ];
  const bases = new Map<string, ReturnType<typeof summary>>();

  test.each(cases)('%s: %s changes the result', async (preset, _, change) => {
    const base = preset === 'paper' ? quickPaper : quick;
    if (!bases.has(preset)) bases.set(preset, summary(base));
    expect(await summary(withOptions(base, change))).not.toEqual(await bases.get(preset));
  });

  test.each<[string, object]>([
    ['an unknown option', { learnRate: 1 }],
    ['an option of the other preset', { pretrainSteps: 3 }],
    ['an option of the default preset', { preset: 'paper', epochs: 3 }],
    ['an unknown preset', { preset: 'quick' }],
    ['a ridge of 0', { correlationRidge: 0 }],
    ['no part at all', { correlation: false, selfExpression: false, decoder: false }],
    ['no part with a weight', { correlationWeight: 0, selfExpression: false, decoder: false }],
    ['a reconstruction of no weight', { preset: 'paper', reconstructionWeight: 0 }],
  ])('%s is refused', (_, options) => {
    expect(() => createCmscDcca(options)).toThrow(expect.objectContaining({ code: 'option' }));
  });
});

describe('a fitted model', () => {
  test.each([
    ['default', quick],
    ['without self-expression', withOptions(quick, { selfExpression: false })],
    ['paper', quickPaper],
  ])('predicts, is saved and comes back as it was: %s', async (name, options) => {
    const { data, labels } = planted(12, 3, 2);
    const fresh = planted(5, 3, 7);
    const directory = join(await mkdtemp(join(tmpdir(), 'cmsc-dcca-')), 'model');
    const before = tf.memory().numTensors;
    const fitted = await createCmscDcca(options).fit(data, { clusters: 3, seed: 4 });
    const predicted = await fitted.predict(fresh.data);
    if (name !== 'paper') {
      expect(samePartition([...fitted.labels, ...predicted], [...labels, ...fresh.labels])).toBe(true);
    }
    await fitted.save(directory);
    const loaded = await loadCmscDcca(directory);
    expect(await loaded.predict(fresh.data)).toEqual(predicted);
    for (const key of ['labels', 'embedding', 'affinity', 'history', 'options'] as const) {
      expect(loaded[key]).toEqual(fitted[key]);
    }
    loaded.dispose();
    fitted.dispose();
    expect(tf.memory().numTensors).toBe(before);
    await expect(fitted.predict(fresh.data)).rejects.toThrow(expect.objectContaining({ code: 'state' }));
    await rm(join(directory, '..'), { recursive: true });
  });

  test('a saved model with options that no fit could have is damaged', async () => {
    const directory = join(await mkdtemp(join(tmpdir(), 'cmsc-dcca-')), 'model');
    const fitted = await createCmscDcca(quick).fit(planted(6, 2, 2).data, { clusters: 2 });
    await fitted.save(directory);
    fitted.dispose();
    const path = join(directory, 'model.json');
    const good = await readFile(path, 'utf8');
    await writeFile(path, good.replace('"epochs": 2', '"epochs": -2'));
    await expect(loadCmscDcca(directory)).rejects.toThrow(expect.objectContaining({ code: 'format' }));
    await rm(join(directory, '..'), { recursive: true });
  });
});

describe('failures', () => {
  test('an abort stops the training and frees everything', async () => {
    const { data } = planted(8, 3, 2);
    const before = tf.memory().numTensors;
    for (const options of [quick, quickPaper]) {
      const controller = new AbortController();
      const { signal } = controller;
      const run = createCmscDcca(options).fit(data, {
        clusters: 3,
        signal,
        onProgress: () => controller.abort(),
      });
      await expect(run).rejects.toThrow(expect.objectContaining({ code: 'aborted' }));
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each<[string, CmscDccaOptions]>([
    ['default', withOptions(quick, { epochs: 8, learningRate: 1e30 })],
    ['paper', withOptions(quickPaper, { pretrainSteps: 0, steps: 20, learningRate: 1e30 })],
  ])('a divergence names the term and the step, and keeps the last good state: %s', async (_, wild) => {
    const { data } = planted(8, 3, 2);
    const { error } = await recovers(createCmscDcca(wild), data, { clusters: 3, load: loadCmscDcca });
    expect(error.expected).toMatch(/term '.+'|finite weights/);
  });
});
