import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DivergedError, isDivergedError, randomSource, type Paired } from '@crossmodal/core';
import { gaussianBlobs } from '@crossmodal/datasets';
import { mlp, type EncoderPart } from '@crossmodal/encoders';
import { attentionFusion } from '@crossmodal/fusion';
import { mutualInformation } from '@crossmodal/losses';
import { kMeansReadout, type OwnPartOf, type Stage } from '@crossmodal/method';
import { tf, useBackend } from '@crossmodal/tensors';
import { barsAndPoints, recovers } from '@crossmodal/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEamc, loadEamc, type EamcOptions, type EamcTypes, type AttentionPart } from '../src/index.js';

const tiny = { batchSize: 12, hiddenUnits: 12, latentUnits: 6, headUnits: 8, leastSteps: 0 };
const quick = { ...tiny, contrastEpochs: 2, headEpochs: 2, epochs: 3 };
const quickPaper = { preset: 'paper', epochs: 2, runs: 1, batchSize: 12 } as const;

const { data } = gaussianBlobs({
  n: 36,
  clusters: 3,
  modalities: [{ dimension: 8 }, { dimension: 6 }],
  random: randomSource(1),
});

beforeAll(async () => {
  await useBackend('onnx', { threads: 1 });
});

async function fit(options: EamcOptions) {
  const fitted = await createEamc(options).fit(data, { clusters: 3, seed: 1 });
  fitted.dispose();
  return fitted;
}

const phases = ({ history }: Awaited<ReturnType<typeof fit>>) => [
  ...new Set(history.map(({ phase }) => phase)),
];
const termsOf = ({ history }: Awaited<ReturnType<typeof fit>>) =>
  new Set(history.flatMap(({ losses }) => Object.keys(losses)));

/** Fits, predicts, saves and loads, and leaves no tensor and no file behind. */
async function comesBack(options: EamcOptions, parts: readonly OwnPartOf<EamcTypes>[] = []) {
  const folder = await mkdtemp(join(tmpdir(), 'eamc-'));
  const before = tf.memory().numTensors;
  const fitted = await createEamc(options).fit(data, { clusters: 3, seed: 1 });
  await fitted.save(join(folder, 'model'));
  const loaded = await loadEamc(join(folder, 'model'), { parts });
  expect(await loaded.predict(data)).toEqual(await fitted.predict(data));
  expect(await loaded.transform(data)).toEqual(await fitted.transform(data));
  expect(loaded.options).toEqual(fitted.options);
  if (parts.length > 0) {
    const missing = loadEamc(join(folder, 'model'));
    const named = expect.stringContaining(`'${parts[0]!.name}'`) as string;
    await expect(missing).rejects.toThrow(expect.objectContaining({ code: 'option', message: named }));
  }
  loaded.dispose();
  fitted.dispose();
  expect(tf.memory().numTensors).toBe(before);
  await rm(folder, { recursive: true });
  return fitted;
}

describe('mixtures', () => {
  const own = {
    inputs: { default: { components: 5, filters: 3 }, paper: {} },
    network: { default: { hiddenUnits: 8, latentUnits: 6, headUnits: 7 }, paper: {} },
    training: {
      default: { contrastEpochs: 1, headEpochs: 1, epochs: 1, leastSteps: 0, batchSize: 12 },
      paper: { epochs: 1, runs: 1, batchSize: 12 },
    },
  };
  const names = ['default', 'paper'] as const;
  const mixtures = names.flatMap((inputs) =>
    names.flatMap((network) => names.map((training) => ({ inputs, network, training }))),
  );

  test.each(mixtures)('inputs $inputs, network $network, training $training', async (mixture) => {
    const { data: both } = barsAndPoints(24, 3, 1);
    const options = Object.assign(
      {},
      mixture,
      ...Object.entries(mixture).map(([slot, name]) => own[slot as keyof typeof own][name]),
    ) as EamcOptions;
    const fitted = await createEamc(options).fit(both, { clusters: 3 });
    expect(await fitted.predict(both)).toEqual(fitted.labels);
    expect(fitted.embedding.columns).toBe(mixture.network === 'paper' ? 500 : 6);
    const started = fitted.history.some(({ phase }) => phase === 'contrast');
    expect(started).toBe(mixture.training === 'default');
    expect(fitted.options).toMatchObject(mixture);
    fitted.dispose();
  });

  test.each<[string, EamcOptions]>([
    ['paper inputs', { inputs: 'paper', ridge: 1 }],
    ['the paper network', { network: 'paper', hiddenUnits: 3 }],
    ['the paper training', { training: 'paper', neighbours: 3 }],
  ])('an option of the part that gave way is refused: %s', (_, options) => {
    expect(() => createEamc(options)).toThrow(expect.objectContaining({ code: 'option' }));
  });
});

describe('terms', () => {
  test('mutual information of what the modalities say alone', async () => {
    const fitted = await comesBack({
      ...quick,
      terms: [
        { name: 'information', weight: -1, value: ({ perModality: [p, q] }) => mutualInformation(p!, q!) },
      ],
    });
    const information = fitted.history.flatMap(({ losses }) => losses['information'] ?? []);
    expect(information.length).toBeGreaterThan(0);
    expect(information.every((value) => value > 0 && value <= Math.log(3) + 1e-6)).toBe(true);
    expect(fitted.memberships).not.toEqual((await fit(quick)).memberships);
  });

  test.each([
    ['default', quick],
    ['paper', quickPaper],
  ])(
    '%s: one added, one reweighted, one replaced, one left out, each with its effect',
    async (_, options) => {
      const plain = await fit(options);
      const sizes = await fit({
        ...options,
        terms: [{ name: 'size', weight: 10, value: ({ fused }) => tf.mean(tf.square(fused)) as tf.Scalar }],
      });
      expect(termsOf(sizes)).toContain('size');
      const heavy = await fit({ ...options, terms: [{ name: 'orthogonality', weight: 50 }] });
      const first = ({ history }: typeof plain) => history.find(({ phase }) => phase === 'train')!.losses;
      expect(first(heavy)['total']! - first(plain)['total']!).toBeCloseTo(
        49 * first(plain)['orthogonality']!,
        2,
      );
      const replaced = await fit({
        ...options,
        terms: [
          { name: 'simplex', weight: 1, value: ({ assignments }) => tf.mean(assignments) as tf.Scalar },
        ],
      });
      expect(first(replaced)['simplex']).toBeCloseTo(1 / 3, 5);
      const without = await fit({ ...options, terms: [{ name: 'attention', weight: 0 }] });
      expect(termsOf(without)).not.toContain('attention');
      for (const changed of [sizes, heavy, replaced, without])
        expect(changed.memberships).not.toEqual(plain.memberships);
    },
  );

  test('a term of the discriminators, whose weight follows the step', async () => {
    const seen = termsOf(
      await fit({
        ...quick,
        terms: [
          {
            name: 'calm',
            player: 'discriminators',
            weight: (step) => step / 10,
            value: ({ latents: [z] }) => tf.mean(tf.square(z!)) as tf.Scalar,
          },
        ],
      }),
    );
    expect(seen).toContain('calm');
  });

  test('a change to a term of the clustering loss holds where runs are compared', async () => {
    const all = await fit({ ...quickPaper, runs: 2 });
    const two = await fit({
      ...quickPaper,
      runs: 2,
      terms: [
        { name: 'separation', weight: () => 0.5 },
        { name: 'orthogonality', weight: 0 },
      ],
    });
    expect(two.runLosses).toHaveLength(2);
    expect(Math.max(...two.runLosses)).toBeLessThan(Math.min(...all.runLosses));
  });
});

describe('stages', () => {
  const note = (seen: string[]): Stage<EamcTypes> => ({
    name: 'note',
    async run(inside) {
      const { memberships } = await inside.read();
      seen.push(`${memberships.rows} of ${inside.clusters}`);
    },
  });

  test('one left out, one replaced, one inserted', async () => {
    expect(phases(await fit({ ...quick, stages: [{ omit: 'contrast' }] }))).toEqual(['head', 'train']);
    const replaced: string[] = [];
    const without = await fit({ ...quick, stages: [{ replace: 'head', by: note(replaced) }] });
    expect(phases(without)).toEqual(['contrast', 'train']);
    const inserted: string[] = [];
    const whole = await fit({ ...quick, stages: [{ insert: note(inserted), after: 'head' }] });
    expect(whole.history).toEqual((await fit(quick)).history);
    expect([replaced, inserted]).toEqual([['36 of 3'], ['36 of 3']]);
  });

  test('a stage that there is not is refused', () => {
    const options: EamcOptions = { ...quickPaper, stages: [{ omit: 'contrast' }] };
    expect(() => createEamc(options)).toThrow(expect.objectContaining({ code: 'option' }));
  });
});

test('k-means in place of the head: predicted, saved, loaded with it', async () => {
  const readout = kMeansReadout();
  const fitted = await comesBack({ ...quick, readout }, [readout]);
  expect(fitted.memberships).toBeUndefined();
  expect(fitted.ownParts).toEqual({ readout: 'k-means' });
});

describe('network parts', () => {
  const encoder: EncoderPart = {
    name: 'linear',
    create: ({ shape, random }) =>
      mlp({ inputSize: shape[0]!, layers: [{ units: 6, activation: 'linear' }], random }),
  };
  const even: AttentionPart = {
    name: 'even',
    create: ({ latentSizes: { length } }) => ({
      trainable: [],
      variables: [],
      scores: ([z]) => tf.fill([z!.shape[0]!, length], 1 / length) as tf.Tensor2D,
      weights: () => tf.fill([length], 1 / length) as tf.Tensor1D,
      dispose() {},
    }),
  };
  const sharp: AttentionPart = {
    name: 'sharp',
    create: (context) => attentionFusion({ ...context, temperature: 0.05 }),
  };

  test('an own encoder of one modality, in place of the recipe’s', async () => {
    const fitted = await comesBack({ ...quick, encoders: [undefined, encoder] }, [encoder]);
    expect(fitted.ownParts).toEqual({ encoders: [null, 'linear'] });
    expect(fitted.memberships).not.toEqual((await fit(quick)).memberships);
  });

  test('a decoder that comes along is freed', async () => {
    const pair: EncoderPart = {
      name: 'pair',
      create: ({ shape, random }) => ({
        encoder: mlp({ inputSize: shape[0]!, layers: [{ units: 6 }], random }),
        decoder: mlp({ inputSize: 6, layers: [{ units: shape[0]! }], random }),
      }),
    };
    await comesBack({ ...quick, encoders: [pair] }, [pair]);
  });

  test('own fusions: one with weights to learn, one without', async () => {
    await comesBack({ ...quick, fusion: sharp }, [sharp]);
    await comesBack({ ...quickPaper, fusion: sharp }, [sharp]);
    const { modalityWeights } = await comesBack({ ...quick, fusion: even }, [even]);
    expect(Object.values(modalityWeights)).toEqual([0.5, 0.5]);
  });

  test.each<[string, EamcOptions, string]>([
    ['a latent of another size', { ...quick, latentUnits: 5, encoders: [encoder] }, 'shape'],
    ['the latent of the paper', { ...quickPaper, encoders: [encoder] }, 'shape'],
    ['more encoders than modalities', { ...quick, encoders: [undefined, undefined, encoder] }, 'option'],
  ])('%s is refused, and nothing is left behind', async (_, options, code) => {
    const before = tf.memory().numTensors;
    await expect(createEamc(options).fit(data, { clusters: 3 })).rejects.toThrow(
      expect.objectContaining({ code }),
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each<EamcOptions>([
    { ...quick, fusion: sharp, attention: false },
    { ...quick, fusion: sharp, temperature: 1 },
    { ...quickPaper, fusion: sharp, temperature: 1 },
  ])('options of the attention mean nothing beside an own one, and are refused: %j', (options) => {
    expect(() => createEamc(options)).toThrow(expect.objectContaining({ code: 'option' }));
  });

  test.each([1, 2])(
    'a divergence can be recovered from with parts and terms of one’s own (%s runs)',
    async (runs) => {
      const options: EamcOptions = {
        ...quick,
        epochs: 8,
        runs,
        encoderRate: 1e38,
        learningRate: 1e38,
        encoders: [encoder],
        fusion: sharp,
        terms: [{ name: 'size', weight: 1, value: ({ fused }) => tf.mean(tf.square(fused)) as tf.Scalar }],
      };
      const load = (directory: string) => loadEamc(directory, { parts: [encoder, sharp] });
      const { history } = await recovers(createEamc(options), data, { clusters: 3, load });
      expect(history.every(({ losses }) => Object.values(losses).every(Number.isFinite))).toBe(true);
    },
  );
});

test('after a contrast that diverges, a recovery starts the head and plays the game', async () => {
  const by: Stage<EamcTypes> = {
    name: 'contrast',
    run() {
      const lastGood = { phase: 'contrast', step: 0 };
      throw new DivergedError({ where: 'contrast', expected: 'a finite loss', received: 'NaN', lastGood });
    },
  };
  const clusterer = createEamc({ ...quick, stages: [{ replace: 'contrast', by }] });
  const error: unknown = await clusterer.fit(data, { clusters: 3 }).catch((reason: unknown) => reason);
  if (!isDivergedError<Paired>(error)) throw error;
  const fitted = await error.recover!();
  expect(new Set(fitted.history.map(({ phase }) => phase))).toEqual(new Set(['head', 'train']));
  fitted.dispose();
});

describe('a saved model whose parts do not fit each other is damaged', () => {
  interface SavedEamc {
    readonly state: {
      readonly prepared: readonly [{ whitening?: unknown; frontEnd: { convolution: object; input: object } }];
      readonly report: object;
    };
  }
  const modality = (file: SavedEamc) => file.state.prepared[0];
  let folder: string;
  let good: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'eamc-'));
    const { data: both } = barsAndPoints(24, 3, 1);
    const fitted = await createEamc({ ...quick, filters: 4, runs: 2 }).fit(both, { clusters: 3 });
    await fitted.save(folder);
    fitted.dispose();
    good = await readFile(join(folder, 'model.json'), 'utf8');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each<[string, (file: SavedEamc) => void]>([
    [
      'a kernel of another size',
      (file) => Object.assign(modality(file).frontEnd.convolution, { kernelSize: 3 }),
    ],
    [
      'other pools than the components know',
      (file) => Object.assign(modality(file).frontEnd.convolution, { pool: 2 }),
    ],
    ['another shape', (file) => Object.assign(modality(file).frontEnd.input, { shape: [4, 4, 1] })],
    ['no whitening', (file) => delete modality(file).whitening],
    ['a run without a loss', (file) => Object.assign(file.state.report, { runLosses: ['none'] })],
  ])('%s', async (_, damage) => {
    const before = tf.memory().numTensors;
    const file = JSON.parse(good) as SavedEamc;
    damage(file);
    await writeFile(join(folder, 'model.json'), JSON.stringify(file));
    await expect(loadEamc(folder)).rejects.toThrow(expect.objectContaining({ code: 'format' }));
    expect(tf.memory().numTensors).toBe(before);
  });
});
