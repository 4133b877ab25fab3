import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { denseMatrix, mixed, paired, randomSource, selectRows, vectors, type Mixed } from '@crossmodal/core';
import { latentClusters, mixModalities } from '@crossmodal/datasets';
import { accuracy } from '@crossmodal/metrics';
import { permuteRows, recovers, samePartition } from '@crossmodal/testing';
import { tf, useBackend } from '@crossmodal/tensors';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDm2c, loadDm2c, type Dm2cOptions } from '../src/index.js';
import { imageMixture, vectorMixture } from './planted.js';
import { played } from './played.js';

const quick: Dm2cOptions = {
  pretrainEpochs: 1,
  epochs: 1,
  batchSize: 13,
  hidden: 8,
  criticWarmup: 2,
  restarts: 3,
};
const pixels = { ...quick, alignment: 'pixels' } as Dm2cOptions;
const quickPaper: Dm2cOptions = {
  preset: 'paper',
  units: [8],
  latentSize: 4,
  generatorUnits: [5],
  pretrainEpochs: 2,
  epochs: 1,
  batchSize: 13,
  restarts: 3,
};

beforeAll(async () => {
  await useBackend('onnx', { threads: 1 });
});

async function fit(options: Dm2cOptions, data: Mixed, seed = 0, clusters = 3) {
  const fitted = await createDm2c(options).fit(data, { clusters, seed });
  fitted.dispose();
  return fitted;
}

describe('fit', () => {
  test.each([
    ['vectors', quick, vectorMixture],
    ['images of one size', { ...pixels, readout: 'k-means' } as Dm2cOptions, imageMixture],
  ])('matches the clusters of %s, and leaves no tensor behind (seed 5)', async (_, options, make) => {
    const { data, truth } = make(5);
    const before = tf.memory().numTensors;
    const fitted = await createDm2c(options).fit(data, { clusters: 3, seed: 5 });
    expect(samePartition(fitted.labels, truth)).toBe(true);
    expect(await fitted.predict(data)).toEqual(fitted.labels);
    fitted.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('three nonlinear views, one of noise: what can be seen is found, the noise takes no part (seed 2)', async () => {
    const { data, labels } = latentClusters({
      n: 1000,
      clusters: 10,
      modalities: [{ dimension: 50 }, { dimension: 40 }, { dimension: 30, informative: false }],
      random: randomSource(2),
    });
    const { data: unpaired, objects } = mixModalities(data, { random: randomSource(3) });
    const fitted = await fit({ ...quick, batchSize: 128 } as Dm2cOptions, unpaired, 2, 10);
    expect([...fitted.informative]).toEqual(['view1', 'view2']);
    expect(fitted.informative).toContain(fitted.anchor);
    const truth = Array.from(objects, (i) => labels[i]!);
    const seen = unpaired.modalities[0]!.features.rows + unpaired.modalities[1]!.features.rows;
    expect(accuracy(truth.slice(0, seen), fitted.labels.subarray(0, seen))).toBeGreaterThan(0.95);
    expect(fitted.labels).toHaveLength(1000);
    expect(fitted.embedding.rows).toBe(1000);
  });

  test('Algorithm 1: rounds of one step of the autoencoders, n_critics of the critics, one of the generators', async () => {
    const { data } = vectorMixture(1);
    const { history } = await fit({ ...quickPaper, critics: 3, epochs: 2 } as Dm2cOptions, data);
    const kinds = history.map(({ phase, losses }) => `${phase} ${Object.keys(losses)[0]!.split(' ')[0]!}`);
    const round = ['reconstruction', 'critic', 'critic', 'critic', 'adversarial'].map(
      (kind) => `train ${kind}`,
    );
    // 26 samples a modality: two batches an epoch.
    expect(kinds).toEqual([
      ...new Array<string>(4).fill('pretrain reconstruction'),
      ...new Array<readonly string[]>(4).fill(round).flat(),
    ]);
    expect(Object.keys(history.at(-1)!.losses)).toEqual([
      'adversarial modality-1 to modality-0',
      'adversarial modality-0 to modality-1',
      'cycle modality-1 to modality-0 and back',
      'cycle modality-0 to modality-1 and back',
      'total',
    ]);
  });

  test('totals are Eq. 4, part by part: lambda_2 Eq. 1, minus Eq. 3, Eq. 3 and lambda_1 Eq. 2', async () => {
    const { data } = vectorMixture(1);
    const weights = { adversarialWeight: 3, cycleWeight: 0.5, reconstructionWeight: 4 };
    const { history } = await fit({ ...quickPaper, ...weights } as Dm2cOptions, data);
    const factors = { adversarial: 3, cycle: 0.5, reconstruction: 4, critic: 1 };
    const seen = new Set<string>();
    for (const { losses } of history) {
      let sum = 0;
      for (const [term, value] of Object.entries(losses)) {
        const kind = term.split(' ')[0]! as keyof typeof factors | 'total';
        if (kind === 'total') continue;
        seen.add(kind);
        sum += factors[kind] * value;
      }
      expect(Math.abs(losses['total']! - sum)).toBeLessThan(1e-4 * Math.max(1, Math.abs(sum)));
    }
    expect([...seen].sort()).toEqual(Object.keys(factors).sort());
  });

  test.each([
    ['default', quick],
    ['paper', quickPaper],
  ])(
    '%s: permuting rows inside modalities permutes everything and changes nothing else',
    async (_, options) => {
      const { data } = vectorMixture(3);
      const random = randomSource(9);
      const order = [...random.permutation(26), ...Array.from(random.permutation(26), (row) => 26 + row)];
      const [one, two] = [await fit(options, data), await fit(options, permuteRows(data, order))];
      expect([...two.labels]).toEqual(order.map((row) => one.labels[row]));
      expect(two.history).toEqual(one.history);
      const q = one.embedding.columns;
      order.forEach((row, i) => {
        expect(two.embedding.values.slice(i * q, i * q + q)).toEqual(
          one.embedding.values.slice(row * q, row * q + q),
        );
      });
    },
  );

  test('training falls: reconstruction in pre-training, cycle consistency in the game (paper preset, seed 4)', async () => {
    const { data } = vectorMixture(4);
    const { history } = await fit(
      {
        ...quickPaper,
        pretrainEpochs: 40,
        epochs: 40,
        autoencoderRate: 1e-2,
        generatorRate: 1e-2,
      } as Dm2cOptions,
      data,
      4,
    );
    const series = (term: string) =>
      history.flatMap(({ losses }) => (losses[term] === undefined ? [] : [losses[term]]));
    for (const term of ['reconstruction modality-0', 'cycle modality-1 to modality-0 and back']) {
      const values = series(term);
      expect(values.at(-1)).toBeLessThan(0.7 * values[0]!);
    }
  });

  test('a rate that is far too high ends in an error that names the term, and keeps the last good state', async () => {
    const { data } = vectorMixture(1);
    const wild = { ...quick, pretrainEpochs: 60, encoderRate: 1e30, decoderRate: 1e30 } as Dm2cOptions;
    const { error } = await recovers(createDm2c(wild), data, { clusters: 3, load: loadDm2c });
    expect(error.expected).toMatch(/reconstruction modality/);
  });

  test.each(['match', 'pretrain', 'critics', 'train', 'assign'])(
    'an abort in phase %s stops it, and nothing is left',
    async (phase) => {
      const { data } = vectorMixture(1);
      const before = tf.memory().numTensors;
      const controller = new AbortController();
      const run = createDm2c(quick).fit(data, {
        clusters: 3,
        signal: controller.signal,
        onProgress: (event) => {
          if (event.phase === phase) controller.abort();
        },
      });
      await expect(run).rejects.toThrow(expect.objectContaining({ code: 'aborted' }));
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});

describe('options', () => {
  const changes: [string, object][] = [
    ['anchor', { anchor: 'modality-1' }],
    ['adversarial', { adversarial: false }],
    ['unify', { unify: false }],
    ['adversarialWeight', { adversarialWeight: 0 }],
    ['cycleWeight', { cycleWeight: 20 }],
    ['reconstructionWeight', { reconstructionWeight: 50 }],
    ['cycleNorm', { cycleNorm: 'l2' }],
    ['clip', { clip: 0.5 }],
    ['criticRate', { criticRate: 1e-2 }],
    ['generatorRate', { generatorRate: 1e-2 }],
    ['alignment', { alignment: 'none' }],
    ['hidden', { hidden: 5 }],
    ['pretrainEpochs', { pretrainEpochs: 2 }],
    ['epochs', { epochs: 2 }],
    ['batchSize', { batchSize: 6 }],
    ['encoderRate', { encoderRate: 1e-2 }],
    ['decoderRate', { decoderRate: 1e-2 }],
    ['critics', { critics: 1 }],
    ['criticWarmup', { criticWarmup: 4 }],
  ];
  const paperChanges: [string, object][] = [
    ['units', { units: [9, 8] }],
    ['latentSize', { latentSize: 3 }],
    ['generatorUnits', { generatorUnits: [] }],
    ['pretrainEpochs', { pretrainEpochs: 1 }],
    ['epochs', { epochs: 2 }],
    ['batchSize', { batchSize: 6 }],
    ['autoencoderRate', { autoencoderRate: 1e-2 }],
    ['generatorRate', { generatorRate: 1e-2 }],
    ['criticRate', { criticRate: 1e-2 }],
    ['clip', { clip: 0.5 }],
    ['adversarialWeight', { adversarialWeight: 0 }],
    ['cycleWeight', { cycleWeight: 20 }],
    ['cycleNorm', { cycleNorm: 'l2' }],
    ['reconstructionWeight', { reconstructionWeight: 50 }],
    ['reduction', { reduction: 'mean' }],
    ['critics', { critics: 1 }],
    ['unify', { unify: false }],
    ['adversarial', { adversarial: false, unify: false }],
    ['anchor', { anchor: 'modality-1' }],
  ];
  const summary = async (options: object, make = vectorMixture) => {
    const { embedding, history, anchor } = await fit(played(options as Dm2cOptions), make(1).data, 1);
    return { embedding: [...embedding.values], history, anchor };
  };

  test('each of the default preset changes the result', async () => {
    const plain = await summary(quick);
    expect(plain.anchor).toBe('modality-0');
    for (const [name, change] of changes)
      expect(await summary({ ...quick, ...change }), name).not.toEqual(plain);
  });

  test('each of the paper preset changes the result', async () => {
    const plain = await summary(quickPaper);
    for (const [name, change] of paperChanges)
      expect(await summary({ ...quickPaper, ...change }), name).not.toEqual(plain);
  });

  test.each<[string, object]>([
    ['filters', { filters: 7 }],
    ['kernelSize', { kernelSize: 3 }],
    ['cells', { cells: 3 }],
    ['latentSize', { latentSize: 9 }],
    ['alignment', { alignment: 'geometry' }],
  ])('%s changes what becomes of images', async (_, change) => {
    const plain = await summary(pixels, imageMixture);
    expect(await summary({ ...pixels, ...change }, imageMixture)).not.toEqual(plain);
  });

  test('a stability share of 0 lets every modality take part', async () => {
    const { data } = vectorMixture(1);
    const noise = vectors(
      'noise',
      denseMatrix(
        Float32Array.from({ length: 120 }, (_, p) => Math.sin(p * p)),
        30,
        4,
      ),
    );
    const three = mixed([...data.modalities, noise]);
    expect((await fit(quick, three)).informative).toEqual(['modality-0', 'modality-1']);
    expect((await fit({ ...quick, stability: 0 } as Dm2cOptions, three)).informative).toHaveLength(3);
  });

  test.each<[string, object]>([
    ['an unknown option', { learnRate: 1 }],
    ['an option of the other preset', { units: [3] }],
    ['an option of the default preset', { preset: 'paper', hidden: 3 }],
    ['a negative rate', { criticRate: -1 }],
    ['a reconstruction of no weight', { reconstructionWeight: 0 }],
    ['a game of no weight', { preset: 'paper', adversarialWeight: 0, cycleWeight: 0 }],
    ['maps that nothing trains or aligns', { preset: 'paper', adversarial: false }],
    ['the same in the default', { alignment: 'none', adversarial: false }],
  ])('%s is refused', (_, options) => {
    expect(() => createDm2c(options)).toThrow(expect.objectContaining({ code: 'option' }));
  });

  test('data that cannot be are refused', async () => {
    const { data } = vectorMixture(1);
    const refused = (given: Mixed, code: string, options: Dm2cOptions = quick) =>
      expect(createDm2c(options).fit(given, { clusters: 3 })).rejects.toThrow(
        expect.objectContaining({ code }),
      );
    await refused(mixed(data.modalities.slice(0, 1)), 'shape');
    await refused(selectRows(data, [0, 1, 26, 27, 28]), 'option');
    await refused(paired(data.modalities) as unknown as Mixed, 'unsupported');
    await refused(data, 'option', { ...quick, anchor: 'nowhere' } as Dm2cOptions);
  });
});

describe('a saved model', () => {
  test.each<[string, Dm2cOptions, typeof vectorMixture]>([
    ['default, vectors', quick, vectorMixture],
    ['default, images', pixels, imageMixture],
    ['paper', quickPaper, vectorMixture],
  ])('%s: predicts new samples as before, one modality at a time too', async (_, options, make) => {
    const { data, truth } = make(1);
    const half = Array.from({ length: data.n }, (__, i) => i).filter((i) => i % 2 === 0);
    const rest = Array.from({ length: data.n }, (__, i) => i).filter((i) => i % 2 === 1);
    const folder = await mkdtemp(join(tmpdir(), 'crossmodal-dm2c-'));
    try {
      const fitted = await createDm2c({ ...options, batchSize: 6 } as Dm2cOptions).fit(
        selectRows(data, half),
        {
          clusters: 3,
          seed: 1,
        },
      );
      await fitted.save(join(folder, 'model'));
      const loaded = await loadDm2c(join(folder, 'model'));
      const fresh = selectRows(data, rest);
      const predicted = await fitted.predict(fresh);
      expect(await loaded.predict(fresh)).toEqual(predicted);
      expect(loaded.options).toEqual(fitted.options);
      expect(loaded.informative).toEqual(fitted.informative);
      if (options !== quickPaper) {
        const expected = rest.map(
          (row) => fitted.labels[half.findIndex((other) => truth[other] === truth[row])],
        );
        expect([...predicted]).toEqual(expected);
      }
      const size = fresh.modalities[0]!.features.rows;
      const [first, second] = fresh.modalities;
      const turned = mixed([second!, selectRows(first!, [])]);
      expect(await loaded.predict(turned)).toEqual(predicted.slice(size));
      fitted.dispose();
      loaded.dispose();
      await expect(loaded.predict(fresh)).rejects.toThrow(expect.objectContaining({ code: 'state' }));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('a damaged one is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crossmodal-dm2c-'));
    const path = join(folder, 'model', 'model.json');
    try {
      const fitted = await createDm2c(quick).fit(vectorMixture(1).data, { clusters: 3 });
      await fitted.save(join(folder, 'model'));
      fitted.dispose();
      const file = JSON.parse(await readFile(path, 'utf8')) as {
        state: { prepared: Record<string, unknown>; readout: object };
      };
      const before = tf.memory().numTensors;
      const prepared = (change: object) => ({
        state: { ...file.state, prepared: { ...file.state.prepared, ...change } },
      });
      for (const change of [
        prepared({ anchor: 7 }),
        prepared({ informative: [0, 5] }),
        prepared({ latentSize: 9 }),
        prepared({ recipes: (file.state.prepared['recipes'] as object[]).slice(1) }),
        { clusters: 1 },
        { state: { ...file.state, readout: { middle: [0], ...file.state.readout, centres: undefined } } },
        { options: { preset: 'paper' } },
        { weights: [] },
      ]) {
        await writeFile(path, JSON.stringify({ ...file, ...change }));
        await expect(loadDm2c(join(folder, 'model')), JSON.stringify(change)).rejects.toThrow(
          expect.objectContaining({ code: 'format' }),
        );
      }
      expect(tf.memory().numTensors).toBe(before);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
