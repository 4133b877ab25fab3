import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { denseMatrix, images, paired, randomSource, selectRows, toDense, vectors } from '@crossmodal/core';
import { removeRows } from '@crossmodal/datasets';
import { tf, useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { createDmsc, loadDmsc, type DmscOptions } from '../src/index.js';
import { barsAndPoints, recovers, samePartition } from '@crossmodal/testing';

const quick: DmscOptions = { epochs: 2, batchSize: 12, filters: 6, units: 16, restarts: 3 };
const quickPaper: DmscOptions = { preset: 'paper', pretrainSteps: 3, steps: 3 };
const seeds = fc.integer({ min: 0, max: 500 });

beforeAll(async () => {
  await useBackend('onnx', { threads: 1 });
});

describe('fit', () => {
  test.prop([fc.constantFrom('affinity', 'late', 'intermediate'), seeds], { numRuns: 6 })(
    'finds planted clusters and leaves no tensor behind (fusion, seed)',
    async (fusion, seed) => {
      const { data, labels } = barsAndPoints(36, 3, seed);
      const before = tf.memory().numTensors;
      const fitted = await createDmsc({ ...quick, fusion } as DmscOptions).fit(data, { clusters: 3, seed });
      expect(samePartition(fitted.labels, labels)).toBe(true);
      expect(fitted.history).toHaveLength(2 * 3);
      expect(fitted.history.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4, 5]);
      fitted.dispose();
      fitted.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.each([
    ['early', 'sum'],
    ['early', 'max'],
    ['late', 'max'],
    ['intermediate', 'sum'],
  ] as const)('%s fusion by %s, two modalities of vectors', async (fusion, fusionFunction) => {
    const { data, labels } = barsAndPoints(36, 3, 7);
    const points = data.modalities[1]!.features;
    const twice = paired([vectors('a', points), vectors('b', points)]);
    for (const preset of [quick, quickPaper]) {
      const options = { ...preset, fusion, fusionFunction } as DmscOptions;
      const fitted = await createDmsc(options).fit(twice, { clusters: 3 });
      if (preset === quick) expect(samePartition(fitted.labels, labels)).toBe(true);
      expect(fitted.options).toMatchObject({ fusion, fusionFunction });
      fitted.dispose();
    }
  });

  test.prop([fc.constantFrom(quick, quickPaper), seeds], { numRuns: 4 })(
    'permuting the rows permutes labels, embedding and affinity, and changes nothing else (preset, seed)',
    async (options, seed) => {
      const { data } = barsAndPoints(24, 3, seed);
      const order = randomSource(seed + 1).permutation(24);
      const one = await createDmsc(options).fit(data, { clusters: 3, seed });
      const two = await createDmsc(options).fit(selectRows(data, order), { clusters: 3, seed });
      expect([...two.labels]).toEqual([...order].map((row) => one.labels[row]));
      const [a, b] = [toDense(one.affinity!), toDense(two.affinity!)];
      order.forEach((row, i) => {
        order.forEach((column, j) => {
          expect(b.values[i * 24 + j]).toBe(a.values[row * 24 + column]);
        });
      });
      const q = one.embedding.columns;
      expect(two.embedding.values.slice(0, q)).toEqual(
        one.embedding.values.slice(order[0]! * q, order[0]! * q + q),
      );
      expect(two.history).toEqual(one.history);
      one.dispose();
      two.dispose();
    },
  );

  test('the same seed gives the same run, another seed another', async () => {
    const { data } = barsAndPoints(24, 3, 3);
    const run = async (seed: number) => {
      const fitted = await createDmsc(quick).fit(data, { clusters: 3, seed });
      fitted.dispose();
      return fitted;
    };
    const [a, b, c] = [await run(1), await run(1), await run(2)];
    expect(b.labels).toEqual(a.labels);
    expect(b.history).toEqual(a.history);
    expect(c.history).not.toEqual(a.history);
  });

  test('absent rows: affinity fusion works with them, spatial fusion says why not', async () => {
    const { data, labels } = barsAndPoints(36, 3, 5);
    const incomplete = removeRows(data, { rate: 0.2, random: randomSource(4) });
    for (const options of [quick, quickPaper]) {
      const fitted = await createDmsc(options).fit(incomplete, { clusters: 3 });
      expect(fitted.labels).toHaveLength(36);
      if (options === quick) expect(samePartition(fitted.labels, labels)).toBe(true);
      expect([...(await fitted.predict(incomplete))]).toHaveLength(36);
      fitted.dispose();
    }
    await expect(
      createDmsc({ ...quick, fusion: 'late' } as DmscOptions).fit(incomplete, { clusters: 3 }),
    ).rejects.toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  test('what an absent row holds does not matter', async () => {
    const { data } = barsAndPoints(24, 3, 5);
    const [bars, points] = data.modalities;
    const present = Uint8Array.from({ length: 24 }, (_, i) => (i % 5 === 0 ? 0 : 1));
    const run = async (fill: (p: number) => number) => {
      const values = bars!.features.values.slice();
      for (let p = 0; p < values.length; p++) if (Math.floor(p / 64) % 5 === 0) values[p] = fill(p);
      const gapped = images('bars', denseMatrix(values, 24, 64), { height: 8, width: 8 }, present);
      const fitted = await createDmsc(quick).fit(paired([gapped, points!]), { clusters: 3 });
      fitted.dispose();
      return fitted;
    };
    const zeros = await run(() => 0);
    const noise = await run((p) => (p % 7 === 0 ? NaN : 50 * Math.sin(p * p)));
    expect(zeros.history.every(({ losses }) => Object.values(losses).every(Number.isFinite))).toBe(true);
    expect(noise.history).toEqual(zeros.history);
    expect(noise.embedding).toEqual(zeros.embedding);
  });
});

describe('options', () => {
  const changes: [string, DmscOptions][] = [
    ['filters', { filters: 7 }],
    ['kernelSize', { kernelSize: 3 }],
    ['cells', { cells: 3 }],
    ['units', { units: 17 }],
    ['epochs', { epochs: 3 }],
    ['batchSize', { batchSize: 8 }],
    ['learningRate', { learningRate: 0.01 }],
    ['encoderRate', { encoderRate: 0.01 }],
    ['selfExpressionWeight', { selfExpressionWeight: 3 }],
    ['refreshEvery', { refreshEvery: 1 }],
    ['blockSize', { blockSize: 8 }],
    ['ridge', { ridge: 1 }],
    ['graphs', { graphs: 'F2' }],
    ['width', { width: 1 }],
    ['ridgeReference', { ridgeReference: 5 }],
    ['extraEigenvectors', { extraEigenvectors: 3 }],
    ['bandwidth', { bandwidth: 2 }],
    ['fusion', { fusion: 'late' }],
  ];
  const paperChanges: [string, DmscOptions][] = [
    ['pretrainSteps', { preset: 'paper', pretrainSteps: 4 }],
    ['steps', { preset: 'paper', steps: 4 }],
    ['learningRate', { preset: 'paper', learningRate: 0.01 }],
    ['modalityWeights', { preset: 'paper', modalityWeights: [1, 1] }],
    ['coefficientWeight', { preset: 'paper', coefficientWeight: 1e4 }],
    ['selfExpressionWeight', { preset: 'paper', selfExpressionWeight: 10 }],
    ['thresholdEnergy', { preset: 'paper', thresholdEnergy: 0.05 }],
    ['subspaceDimension', { preset: 'paper', subspaceDimension: 1 }],
    ['affinityPower', { preset: 'paper', affinityPower: 2 }],
  ];
  const summary = async (options: DmscOptions) => {
    const { data } = barsAndPoints(24, 3, 1);
    const fitted = await createDmsc(options).fit(data, { clusters: 3, seed: 1 });
    fitted.dispose();
    const { embedding, affinity, history } = fitted;
    return { embedding: [...embedding.values], affinity: [...affinity!.values], history };
  };

  test.each(changes)('%s changes the result', async (_, change) => {
    expect(await summary({ ...quick, ...change } as DmscOptions)).not.toEqual(await summary(quick));
  });

  test('the sign of a recipe changes the result', async () => {
    const recipe = { kernel: 'linear', scope: 'joint', ridge: 1, neighbours: 12 } as const;
    const [both, positive] = await Promise.all(
      (['both', 'positive'] as const).map((sign) => summary({ ...quick, graphs: [{ ...recipe, sign }] })),
    );
    expect(positive!.affinity).not.toEqual(both!.affinity);
  });

  test.each(paperChanges)('%s of the paper preset changes the result', async (_, change) => {
    expect(await summary({ ...quickPaper, ...change } as DmscOptions)).not.toEqual(await summary(quickPaper));
  });

  test.each<[string, object]>([
    ['an unknown option', { learnRate: 1 }],
    ['an option of the other preset', { pretrainSteps: 3 }],
    ['an option of the default preset', { preset: 'paper', epochs: 3 }],
    ['a fusion function without a merge', { fusionFunction: 'sum' }],
    ['an unknown preset', { preset: 'quick' }],
    ['a negative rate', { learningRate: -1 }],
    ['a share above 1', { preset: 'paper', thresholdEnergy: 2 }],
  ])('%s is refused', (_, options) => {
    expect(() => createDmsc(options)).toThrow(expect.objectContaining({ code: 'option' }));
  });

  test('one modality has its own weight in self-expression too, not that of a fused latent', async () => {
    const { data } = barsAndPoints(24, 3, 1);
    const alone = paired([data.modalities[1]!]);
    for (const [options, share] of [
      [quickPaper, 0.3],
      [{ ...quickPaper, modalityWeights: [4] }, 2],
      [{ ...quickPaper, fusion: 'late' }, 0.5],
    ] as [DmscOptions, number][]) {
      const all = { ...options, selfExpressionWeight: 1 } as DmscOptions;
      const fitted = await createDmsc(all).fit(alone, { clusters: 3 });
      fitted.dispose();
      const { losses } = fitted.history.find(({ phase }) => phase === 'train')!;
      const weight = 'modalityWeights' in options ? 4 : 0.6;
      const sum =
        weight * losses['reconstruction points']! +
        losses['coefficients']! +
        share * losses['self-expression']!;
      expect(losses['total']! / sum).toBeCloseTo(1, 5);
    }
  });

  test('one weight a modality, or a typed error', async () => {
    const { data } = barsAndPoints(12, 2, 1);
    const options: DmscOptions = { ...quickPaper, modalityWeights: [1] } as DmscOptions;
    await expect(createDmsc(options).fit(data, { clusters: 2 })).rejects.toThrow(
      expect.objectContaining({ code: 'option' }),
    );
  });
});

describe('a fitted model', () => {
  test.each([
    ['default', quick],
    ['late', { ...quick, fusion: 'late' } as DmscOptions],
    ['paper', quickPaper],
  ])('predicts, is saved and comes back as it was: %s', async (_, options) => {
    const { data, labels } = barsAndPoints(36, 3, 2);
    const fresh = barsAndPoints(15, 3, 2);
    const directory = join(await mkdtemp(join(tmpdir(), 'dmsc-')), 'model');
    const before = tf.memory().numTensors;
    const fitted = await createDmsc(options).fit(data, { clusters: 3, seed: 4 });
    const predicted = await fitted.predict(fresh.data);
    if (options !== quickPaper) {
      expect(samePartition([...fitted.labels, ...predicted], [...labels, ...fresh.labels])).toBe(true);
    }
    await fitted.save(directory);
    expect((await readdir(directory)).sort()).toEqual(['arrays.npz', 'crossmodal-files.json', 'model.json']);
    const loaded = await loadDmsc(directory);
    expect(await loaded.predict(fresh.data)).toEqual(predicted);
    expect(loaded.labels).toEqual(fitted.labels);
    expect(loaded.embedding).toEqual(fitted.embedding);
    expect(loaded.affinity).toEqual(fitted.affinity);
    expect(loaded.history).toEqual(fitted.history);
    expect(loaded.options).toEqual(fitted.options);
    loaded.dispose();
    fitted.dispose();
    expect(tf.memory().numTensors).toBe(before);
    await expect(fitted.predict(fresh.data)).rejects.toThrow(expect.objectContaining({ code: 'state' }));
    await expect(fitted.save(directory)).rejects.toThrow(expect.objectContaining({ code: 'state' }));
    await rm(join(directory, '..'), { recursive: true });
  });

  test('new samples need the modalities of the fit; none at all is fine', async () => {
    const { data } = barsAndPoints(24, 3, 2);
    const fitted = await createDmsc(quick).fit(data, { clusters: 3 });
    await expect(fitted.predict(paired([data.modalities[0]!]))).rejects.toThrow(
      expect.objectContaining({ code: 'shape' }),
    );
    expect(await fitted.predict({ ...data, n: 0 })).toHaveLength(0);
    fitted.dispose();
  });

  test('a saved model with options that no fit could have is damaged', async () => {
    const directory = join(await mkdtemp(join(tmpdir(), 'crossmodal-dmsc-')), 'model');
    const before = tf.memory().numTensors;
    const fitted = await createDmsc(quick).fit(barsAndPoints(12, 2, 2).data, { clusters: 2 });
    await fitted.save(directory);
    fitted.dispose();
    const path = join(directory, 'model.json');
    const good = await readFile(path, 'utf8');
    expect(good).toContain('"epochs": 2');
    await writeFile(path, good.replace('"epochs": 2', '"epochs": -2'));
    await expect(loadDmsc(directory)).rejects.toThrow(expect.objectContaining({ code: 'format' }));
    expect(tf.memory().numTensors).toBe(before);
    await rm(join(directory, '..'), { recursive: true });
  });

  test('a directory without a model is not found', async () => {
    await expect(loadDmsc(join(tmpdir(), 'there-is-no-model-here'))).rejects.toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });
});

describe('failures', () => {
  test('an abort stops the training and frees everything', async () => {
    const { data } = barsAndPoints(24, 3, 2);
    const before = tf.memory().numTensors;
    for (const options of [quick, quickPaper]) {
      const controller = new AbortController();
      const run = createDmsc(options).fit(data, {
        clusters: 3,
        signal: controller.signal,
        onProgress: () => {
          controller.abort();
        },
      });
      await expect(run).rejects.toThrow(expect.objectContaining({ code: 'aborted' }));
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each<[string, DmscOptions, RegExp]>([
    ['default', { ...quick, epochs: 8, learningRate: 1e30 } as DmscOptions, /term '.*reconstruction/],
    ['paper', { ...quickPaper, pretrainSteps: 20, learningRate: 1e30 } as DmscOptions, /pretrain, step/],
    [
      'paper, S too',
      { ...quickPaper, pretrainSteps: 0, steps: 20, learningRate: 1e30 } as DmscOptions,
      /train, step/,
    ],
  ])(
    'a divergence names the term and the step, and keeps the last good state: %s',
    async (_, wild, words) => {
      const { data } = barsAndPoints(24, 3, 2);
      const { error } = await recovers(createDmsc(wild), data, { clusters: 3, load: loadDmsc });
      expect(error.message).toMatch(words);
    },
  );

  test('more clusters than samples', async () => {
    const { data } = barsAndPoints(6, 2, 2);
    await expect(createDmsc(quick).fit(data, { clusters: 7 })).rejects.toThrow(
      expect.objectContaining({ code: 'option' }),
    );
  });
});
