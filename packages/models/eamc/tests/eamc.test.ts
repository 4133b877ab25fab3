import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paired, randomSource, selectRows, vectors, type Paired } from '@crossmodal/core';
import { latentClusters } from '@crossmodal/datasets';
import { accuracy } from '@crossmodal/metrics';
import { tf, useBackend } from '@crossmodal/tensors';
import { barsAndPoints, recovers, samePartition } from '@crossmodal/testing';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { createEamc, loadEamc, type EamcOptions } from '../src/index.js';

const tiny = { batchSize: 12, filters: 4, hiddenUnits: 12, latentUnits: 6, headUnits: 8, leastSteps: 0 };
const quick: EamcOptions = { ...tiny, contrastEpochs: 2, headEpochs: 2, epochs: 2 };
const quickPaper: EamcOptions = { preset: 'paper', epochs: 3, runs: 1, batchSize: 24 };
const seeds = fc.integer({ min: 0, max: 500 });

beforeAll(async () => {
  await useBackend('onnx', { threads: 1 });
});

/** Vectors only: filters of images take longer to find than such a fit. */
function points(n: number, seed: number) {
  const modalities = [
    { name: 'a', dimension: 9 },
    { name: 'b', dimension: 7 },
  ];
  return latentClusters({ n, clusters: 3, modalities, random: randomSource(seed) });
}

async function fit(options: EamcOptions, seed = 1, data = points(24, seed).data) {
  const fitted = await createEamc(options).fit(data, { clusters: 3, seed });
  fitted.dispose();
  return fitted;
}

describe('fit', () => {
  test.prop([seeds], { numRuns: 1 })(
    'the default finds planted clusters of an image and a vector modality (seed)',
    async (seed) => {
      const { data, labels } = barsAndPoints(45, 3, seed);
      const before = tf.memory().numTensors;
      const fitted = await createEamc({ leastSteps: 100 }).fit(data, { clusters: 3, seed });
      expect(samePartition(fitted.labels, labels)).toBe(true);
      fitted.dispose();
      fitted.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('three modalities, one of noise: the noise counts least (seed 3)', async () => {
    const { data, labels } = latentClusters({
      n: 300,
      clusters: 4,
      modalities: [{ dimension: 20 }, { dimension: 15 }, { dimension: 20, informative: false }],
      random: randomSource(3),
    });
    const fitted = await createEamc({ leastSteps: 150 }).fit(data, { clusters: 4, seed: 3 });
    expect(accuracy(labels, fitted.labels)).toBeGreaterThan(0.95);
    const { view1, view2, view3 } = fitted.modalityWeights;
    expect(view1! + view2! + view3!).toBeCloseTo(1, 5);
    expect(view3!).toBeLessThan(Math.min(view1!, view2!) / 2);
    fitted.dispose();
  });

  test.each([
    ['default', quick],
    ['paper, text', quickPaper],
    ['paper, code', { ...quickPaper, reading: 'code' } as EamcOptions],
  ])('%s: labels are the likeliest memberships, whose rows sum to 1', async (_, options) => {
    const { labels, memberships, embedding, modalityWeights } = await fit(options);
    expect([memberships!.rows, memberships!.columns, embedding.rows]).toEqual([24, 3, 24]);
    expect(Object.keys(modalityWeights)).toEqual(['a', 'b']);
    labels.forEach((label, i) => {
      const row = [...memberships!.values.subarray(3 * i, 3 * i + 3)];
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
      expect(row[label]).toBe(Math.max(...row));
    });
  });

  test.prop([fc.constantFrom(quick, quickPaper), seeds], { numRuns: 2 })(
    'permuting the rows permutes labels and memberships, and changes nothing else (preset, seed)',
    async (options, seed) => {
      const { data } = points(24, seed);
      const order = randomSource(seed + 1).permutation(24);
      const one = await createEamc(options).fit(data, { clusters: 3, seed });
      const two = await createEamc(options).fit(selectRows(data, order), { clusters: 3, seed });
      expect([...two.labels]).toEqual([...order].map((row) => one.labels[row]));
      order.forEach((row, i) => {
        expect(two.memberships!.values.slice(3 * i, 3 * i + 3)).toEqual(
          one.memberships!.values.slice(3 * row, 3 * row + 3),
        );
      });
      expect(two.history).toEqual(one.history);
      expect(two.modalityWeights).toEqual(one.modalityWeights);
      one.dispose();
      two.dispose();
    },
  );

  test('the same seed gives the same run, another seed another', async () => {
    const [a, b, c] = [await fit(quick, 1), await fit(quick, 1), await fit(quick, 2)];
    expect(b.history).toEqual(a.history);
    expect(c.history).not.toEqual(a.history);
  });

  test('history: the contrast, the head, and both players by name', async () => {
    const { history } = await fit(quick);
    const terms = (phase: string) =>
      new Set(history.filter((entry) => entry.phase === phase).flatMap(({ losses }) => Object.keys(losses)));
    expect([...new Set(history.map(({ phase }) => phase))]).toEqual(['contrast', 'head', 'train']);
    expect([...terms('contrast')]).toEqual(['contrast', 'total']);
    expect([...terms('head')]).toEqual(['partition', 'total']);
    expect([...terms('train')].sort()).toEqual(
      [
        'attention',
        'discriminator',
        'generator',
        'orthogonality',
        'pairs',
        'separation',
        'simplex',
        'total',
      ].sort(),
    );
    // Two steps of encoders, attention and head to one of the discriminators.
    const players = history
      .filter(({ phase }) => phase === 'train')
      .map(({ losses }) => 'discriminator' in losses);
    expect(players).toEqual([false, false, true, false]);
  });

  test.each(['text', 'code'] as const)(
    'paper, %s: the first player sees Eq. 11, Eq. 6 and gamma times the game',
    async (reading) => {
      const { history } = await fit({ ...quickPaper, reading, adversaryWeight: 7 } as EamcOptions);
      const [discriminators, others] = [true, false].map((game) =>
        history.filter(({ losses }) => 'discriminator' in losses === game),
      );
      for (const { losses } of others!) {
        const { separation, simplex, orthogonality, attention, generator, total } = losses;
        const sum = separation! + simplex! + orthogonality! + attention! + 7 * generator!;
        expect(Math.abs(total! - sum)).toBeLessThan(1e-4 * Math.max(1, Math.abs(sum)));
        // The minimax form is a mean of log(1 - D), the other one of -log D.
        expect(Math.sign(generator!)).toBe(reading === 'text' ? -1 : 1);
      }
      expect(discriminators!.length).toBeGreaterThan(0);
      for (const { losses } of discriminators!) expect(losses['total']).toBe(losses['discriminator']);
    },
  );

  test('several runs: the one of the smallest clustering loss is kept', async () => {
    const three = await fit({ ...quick, runs: 3 });
    expect(three.runLosses).toHaveLength(3);
    const best = three.runLosses.indexOf(Math.min(...three.runLosses));
    expect(three.history.every(({ phase }) => phase.startsWith(`run ${best + 1}, `))).toBe(true);
    expect((await fit(quick)).runLosses).toEqual([]);
  });

  test('one modality is clustered without an adversary', async () => {
    const { data } = points(24, 2);
    const alone = await createEamc(quick).fit(paired([data.modalities[1]!]), { clusters: 3 });
    expect(alone.history.some(({ losses }) => 'discriminator' in losses)).toBe(false);
    expect(alone.modalityWeights).toEqual({ b: 1 });
    alone.dispose();
  });
});

describe('options', () => {
  const changes: [string, object][] = [
    ['adversary', { adversary: false }],
    ['attention', { attention: false }],
    ['terms', { terms: [{ name: 'separation', weight: 0 }] }],
    ['components', { components: 4 }],
    ['ridge', { ridge: 0.5 }],
    ['neighbours', { neighbours: 2 }],
    ['hiddenUnits', { hiddenUnits: 13 }],
    ['latentUnits', { latentUnits: 7 }],
    ['headUnits', { headUnits: 9 }],
    ['contrastEpochs', { contrastEpochs: 3 }],
    ['headEpochs', { headEpochs: 3 }],
    ['epochs', { epochs: 3 }],
    ['leastSteps', { leastSteps: 20 }],
    ['batchSize', { batchSize: 8 }],
    ['runs', { runs: 2 }],
    ['learningRate', { learningRate: 0.01 }],
    ['encoderRate', { encoderRate: 0.01 }],
    ['discriminatorRate', { discriminatorRate: 0.1 }],
    ['contrastTemperature', { contrastTemperature: 2 }],
    ['temperature', { temperature: 0.1 }],
    ['adversaryWeight', { adversaryWeight: 5 }],
    ['attentionWeight', { attentionWeight: 50 }],
    ['pairWeight', { pairWeight: 9 }],
  ];
  const paperChanges: [string, object][] = [
    ['adversary', { adversary: false }],
    ['attention', { attention: false }],
    ['terms', { terms: [{ name: 'separation', weight: 0 }] }],
    ['reading', { reading: 'code' }],
    ['epochs', { epochs: 4 }],
    ['batchSize', { batchSize: 8 }],
    ['runs', { runs: 2 }],
    ['encoderRate', { encoderRate: 0.01 }],
    ['discriminatorRate', { discriminatorRate: 0.1 }],
    ['attentionRate', { attentionRate: 0.1 }],
    ['headRate', { headRate: 0.1 }],
    ['temperature', { temperature: 0.1 }],
    ['adversaryWeight', { adversaryWeight: 1 }],
    ['generatorSteps', { generatorSteps: 3 }],
  ];
  // Six epochs reach the steps in which the adversary has its weight.
  const base = { ...quick, epochs: 6 };
  const summary = async (options: object, data?: Paired) => {
    const { labels, memberships, history } = await fit(options as EamcOptions, 1, data);
    return { labels, memberships, history };
  };
  const summaries = new Map<object, ReturnType<typeof summary>>();
  const before = (options: object) => {
    if (!summaries.has(options)) summaries.set(options, summary(options));
    return summaries.get(options)!;
  };

  test.each(changes)('%s changes the result', async (_, change) => {
    expect(await summary({ ...base, ...change })).not.toEqual(await before(base));
  });

  test('filters, kernelSize and cells change what is seen of images', async () => {
    const { data } = barsAndPoints(24, 3, 1);
    const few = { ...quick, contrastEpochs: 1, headEpochs: 0, epochs: 0 };
    const seen = new Set<string>();
    for (const change of [{}, { filters: 5 }, { kernelSize: 3 }, { cells: 3 }])
      seen.add(JSON.stringify((await summary({ ...few, ...change }, data)).history));
    expect(seen.size).toBe(4);
  });

  test.each(paperChanges)('%s of the paper preset changes the result', async (_, change) => {
    expect(await summary({ ...quickPaper, ...change })).not.toEqual(await before(quickPaper));
  });

  test('Table 5: terms that are left out are not in the history, in both presets', async () => {
    for (const [options, term] of [
      [base, 'simplex'],
      [quickPaper, 'separation'],
    ] as const) {
      const names = ['separation', 'simplex', 'orthogonality'];
      const terms = names.filter((name) => name !== term).map((name) => ({ name, weight: 0 }));
      const { history } = await fit({ ...options, terms });
      const seen = new Set(history.flatMap(({ losses }) => Object.keys(losses)));
      expect(names.filter((name) => seen.has(name))).toEqual([term]);
    }
  });

  test('Table 4: without attention all modalities weigh the same', async () => {
    for (const options of [base, quickPaper]) {
      const { history, modalityWeights } = await fit({ ...options, attention: false } as EamcOptions);
      expect(modalityWeights).toEqual({ a: 0.5, b: 0.5 });
      expect(history.some(({ losses }) => 'attention' in losses)).toBe(false);
    }
  });

  test('with tau of the public code no weight can exceed another by more than exp(0.1)', async () => {
    const { modalityWeights } = await fit({ ...quickPaper, attentionRate: 1 } as EamcOptions);
    expect(Math.abs(Math.log(modalityWeights['a']! / modalityWeights['b']!))).toBeLessThanOrEqual(0.1 + 1e-6);
  });

  test.each<[string, object]>([
    ['an unknown option', { learnRate: 1 }],
    ['an option of the other preset', { reading: 'code' }],
    ['an option of the default preset', { preset: 'paper', ridge: 1 }],
    ['the name of a term in place of a change', { terms: ['simplex'] }],
    ['a term without a weight', { terms: [{ name: 'simplex' }] }],
    ['a term without a name', { terms: [{ weight: 1 }] }],
    ['an infinite weight', { terms: [{ name: 'simplex', weight: Infinity }] }],
    ['a value that is no function', { terms: [{ name: 'own', weight: 1, value: 3 }] }],
    ['an unknown term', { terms: [{ name: 'entropy', weight: 1 }] }],
    ['an unknown player', { terms: [{ name: 'simplex', weight: 1, player: 'critic' }] }],
    ['a term twice', { terms: [1, 2].map((weight) => ({ name: 'simplex', weight })) }],
    ['a rate of an adversary that there is not', { adversary: false, discriminatorRate: 1e-3 }],
    ['a temperature of attention that there is not', { attention: false, temperature: 1 }],
    ['a temperature of 0', { temperature: 0 }],
    ['an unknown preset', { preset: 'quick' }],
  ])('%s is refused', (_, options) => {
    expect(() => createEamc(options)).toThrow(expect.objectContaining({ code: 'option' }));
  });

  test.each<[string, EamcOptions]>([
    [
      'no term',
      {
        preset: 'paper',
        adversary: false,
        attention: false,
        terms: ['separation', 'simplex', 'orthogonality'].map((name) => ({ name, weight: 0 })),
      },
    ],
  ])('%s is refused when terms are known', async (_, options) => {
    const all = (
      options.preset === 'paper' ? { ...quickPaper, ...options } : { ...quick, ...options }
    ) as EamcOptions;
    await expect(createEamc(all).fit(points(24, 1).data, { clusters: 3 })).rejects.toThrow(
      expect.objectContaining({
        code: 'option',
        message: expect.stringContaining("option 'terms'") as string,
      }),
    );
  });
});

describe('a fitted model', () => {
  test.each([
    ['default', quick],
    ['paper', quickPaper],
  ])('predicts, is saved and comes back as it was: %s', async (_, options) => {
    const { data } = barsAndPoints(36, 3, 2);
    const fresh = barsAndPoints(15, 3, 2);
    const directory = join(await mkdtemp(join(tmpdir(), 'eamc-')), 'model');
    const before = tf.memory().numTensors;
    const fitted = await createEamc(options).fit(data, { clusters: 3, seed: 4 });
    expect(await fitted.predict(data)).toEqual(fitted.labels);
    const predicted = await fitted.predict(fresh.data);
    await fitted.save(directory);
    expect((await readdir(directory)).sort()).toEqual(['arrays.npz', 'crossmodal-files.json', 'model.json']);
    const loaded = await loadEamc(directory);
    expect(await loaded.predict(fresh.data)).toEqual(predicted);
    for (const key of [
      'labels',
      'memberships',
      'embedding',
      'history',
      'options',
      'modalityWeights',
      'runLosses',
    ] as const)
      expect(loaded[key]).toEqual(fitted[key]);
    loaded.dispose();
    fitted.dispose();
    expect(tf.memory().numTensors).toBe(before);
    await expect(fitted.predict(fresh.data)).rejects.toThrow(expect.objectContaining({ code: 'state' }));
    await expect(fitted.save(directory)).rejects.toThrow(expect.objectContaining({ code: 'state' }));
    await rm(join(directory, '..'), { recursive: true });
  });

  test('new samples need the modalities of the fit, in any order; none at all is fine', async () => {
    const { data } = barsAndPoints(24, 3, 2);
    const fitted = await createEamc(quick).fit(data, { clusters: 3 });
    const [bars, points] = data.modalities;
    expect(await fitted.predict(paired([points!, bars!]))).toEqual(fitted.labels);
    await expect(fitted.predict(paired([vectors('bars', bars!.features), points!]))).rejects.toThrow(
      expect.objectContaining({ code: 'shape' }),
    );
    expect(await fitted.predict({ ...data, n: 0 })).toHaveLength(0);
    fitted.dispose();
  });

  test('a saved model with options that no fit could have is damaged', async () => {
    const directory = join(await mkdtemp(join(tmpdir(), 'eamc-')), 'model');
    const before = tf.memory().numTensors;
    const fitted = await createEamc(quick).fit(points(12, 2).data, { clusters: 2 });
    await fitted.save(directory);
    fitted.dispose();
    const path = join(directory, 'model.json');
    const good = await readFile(path, 'utf8');
    for (const [from, to] of [
      ['"hiddenUnits": 12', '"hiddenUnits": -2'],
      ['"hiddenUnits": 12', '"hiddenUnits": 13'],
    ] as const) {
      expect(good).toContain(from);
      await writeFile(path, good.replace(from, to));
      await expect(loadEamc(directory)).rejects.toThrow(expect.objectContaining({ code: 'format' }));
    }
    expect(tf.memory().numTensors).toBe(before);
    await rm(join(directory, '..'), { recursive: true });
  });
});

describe('failures', () => {
  test('an abort in any stage stops the training and frees everything', async () => {
    const { data } = points(24, 2);
    const before = tf.memory().numTensors;
    for (const [options, phase] of [
      [quick, 'contrast'],
      [quick, 'head'],
      [quick, 'train'],
      [quick, 'assign'],
      [{ ...quickPaper, runs: 2 }, 'run 2, train'],
    ] as const) {
      const controller = new AbortController();
      const run = createEamc(options).fit(data, {
        clusters: 3,
        signal: controller.signal,
        onProgress: (event) => {
          if (event.phase === phase) controller.abort();
        },
      });
      await expect(run).rejects.toThrow(expect.objectContaining({ code: 'aborted' }));
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each([1, 2])(
    'a divergence names what was not finite, and the step, and keeps the last good state (%s runs)',
    async (runs) => {
      const { data } = points(24, 2);
      const wild = createEamc({ ...quick, runs, epochs: 8, encoderRate: 1e38, learningRate: 1e38 });
      const { error, history } = await recovers(wild, data, { clusters: 3, load: loadEamc });
      expect(error.lastGood!.phase).toMatch(runs === 1 ? /^(contrast|head|train)$/ : /^run 1, /);
      expect(history.every(({ losses }) => Object.values(losses).every(Number.isFinite))).toBe(true);
    },
  );
});
