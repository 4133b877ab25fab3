import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CrossmodalError, randomSource } from '@crossmodal/core';
import { dense, mlp, type EncoderPart } from '@crossmodal/encoders';
import { kMeansReadout, type OwnPartOf, type Stage } from '@crossmodal/method';
import { recovers } from '@crossmodal/testing';
import { tf, useBackend } from '@crossmodal/tensors';
import { beforeAll, describe, expect, test } from 'vitest';
import { createDm2c, loadDm2c, type Dm2cOptions, type Dm2cTypes } from '../src/index.js';
import { vectorMixture } from './planted.js';
import { played } from './played.js';

const quick = {
  pretrainEpochs: 1,
  epochs: 1,
  batchSize: 13,
  hidden: 8,
  criticWarmup: 2,
} as const;
const { data } = vectorMixture(1);

beforeAll(async () => {
  await useBackend('onnx', { threads: 1 });
});

async function fit(overrides: Partial<Dm2cOptions> = {}) {
  const fitted = await createDm2c(played({ ...quick, ...overrides } as Dm2cOptions)).fit(data, {
    clusters: 3,
    seed: 1,
  });
  fitted.dispose();
  return fitted;
}

const refused = (overrides: Partial<Dm2cOptions>, expected: RegExp) =>
  expect(fit(overrides)).rejects.toThrow(
    expect.objectContaining({ code: 'option', message: expect.stringMatching(expected) as string }),
  );

/** Names of the losses of a phase, over all its steps. */
const losses = ({ history }: Awaited<ReturnType<typeof fit>>, phase: string) => [
  ...new Set(history.filter((entry) => entry.phase === phase).flatMap((entry) => Object.keys(entry.losses))),
];

describe('terms', () => {
  test('one that is added is in the steps of the player that it names, and moves it', async () => {
    const plain = await fit();
    const latents = await fit({
      terms: [
        {
          name: 'size of latents',
          weight: 5,
          value: ({ modalities }) =>
            modalities.map(({ name, latent }) => ({
              name,
              value: () => tf.mean(tf.square(latent)) as tf.Scalar,
            })),
        },
      ],
    });
    expect(losses(latents, 'train')).toContain('size of latents modality-0');
    expect(losses(latents, 'pretrain')).toEqual(losses(plain, 'pretrain'));
    const maps = await fit({
      terms: [
        {
          name: 'mean',
          player: 'generators',
          weight: 50,
          value: ({ directions }) =>
            tf.tidy(() => tf.addN(directions.map(({ mapped }) => tf.mean(tf.square(mapped)))) as tf.Scalar),
        },
      ],
    });
    expect(losses(maps, 'train').sort()).toEqual([...losses(plain, 'train'), 'mean'].sort());
    for (const other of [latents, maps]) expect(other.embedding.values).not.toEqual(plain.embedding.values);
  });

  test('one is replaced, reweighted or left out by name', async () => {
    const plain = await fit();
    const hinge = await fit({
      terms: [
        {
          name: 'critic',
          player: 'critics',
          weight: 1,
          value: ({ directions }) =>
            directions.map(({ name, own, mapped }) => ({
              name,
              value: () =>
                tf.add(tf.mean(tf.relu(tf.sub(1, own))), tf.mean(tf.relu(tf.add(1, mapped)))) as tf.Scalar,
            })),
        },
      ],
    });
    expect(losses(hinge, 'critics')).toEqual(losses(plain, 'critics'));
    const first = ({ history }: typeof plain) =>
      history.find(({ phase }) => phase === 'critics')!.losses['total']!;
    // Two directions, each about 2 where scores are small.
    expect(first(hinge)).toBeGreaterThan(1);
    expect(first(plain)).toBeLessThan(1);
    const heavier = await fit({ terms: [{ name: 'cycle', weight: 100 }] });
    expect(losses(heavier, 'train')).toEqual(losses(plain, 'train'));
    expect(heavier.embedding.values).not.toEqual(plain.embedding.values);
    const without = await fit({ terms: [{ name: 'cycle', weight: 0 }] });
    expect(losses(without, 'train').filter((name) => name.startsWith('cycle'))).toEqual([]);
    expect(without.embedding.values).not.toEqual(plain.embedding.values);
    const relative = await fit({
      terms: [
        {
          name: 'reconstruction',
          weight: 2,
          value: ({ modalities }) =>
            tf.tidy(
              () =>
                tf.addN(modalities.map(({ x, rebuilt }) => tf.mean(tf.abs(tf.sub(x, rebuilt))))) as tf.Scalar,
            ),
        },
      ],
    });
    expect(losses(relative, 'pretrain')).toEqual(['reconstruction', 'total']);
    expect(losses(relative, 'train')).toContain('reconstruction');
  });

  test('autoencoders without a term rest: no pre-training, and rounds of critics and generators alone', async () => {
    const plain = await fit();
    const without = await fit({ terms: [{ name: 'reconstruction', weight: 0 }] });
    const kinds = ({ history }: typeof plain) =>
      history.map(({ phase, losses: terms }) => `${phase} ${Object.keys(terms)[0]!.split(' ')[0]!}`);
    expect(kinds(without)).toEqual(kinds(plain).filter((kind) => !kind.endsWith('reconstruction')));
    const terms: Dm2cOptions['terms'] = [
      { name: 'reconstruction', weight: 0 },
      {
        name: 'small',
        weight: 1,
        value: ({ modalities }) =>
          tf.tidy(() => tf.addN(modalities.map(({ rebuilt }) => tf.mean(tf.square(rebuilt)))) as tf.Scalar),
      },
    ];
    const other = await fit({ terms });
    expect(kinds(other).filter((kind) => kind === 'train small')).toHaveLength(
      kinds(plain).filter((kind) => kind === 'train reconstruction').length,
    );
  });

  test('names that there are not, and changes that nothing would use, are refused', async () => {
    await refused({ terms: [{ name: 'cycles', weight: 2 }] }, /'cycles'/);
    const unused = { terms: [{ name: 'cycle', weight: 2 }], adversarial: false } as const;
    await refused(unused, /one of 'reconstruction', got 'cycle'/);
    const alone = await fit({ terms: [{ name: 'reconstruction', weight: 9 }], adversarial: false });
    expect(losses(alone, 'pretrain')).toContain('reconstruction modality-0');
  });
});

describe('stages', () => {
  const shake: Stage<Dm2cTypes> = {
    name: 'shake',
    run({ network }) {
      for (const weights of network.mapping.trainable) {
        const bent = tf.tidy(() => tf.mul(weights, 1.5));
        weights.assign(bent);
        bent.dispose();
      }
      return Promise.resolve();
    },
  };

  test('one is omitted, replaced or inserted', async () => {
    const plain = await fit();
    const phases = ({ history }: typeof plain) => [...new Set(history.map(({ phase }) => phase))];
    expect(phases(plain)).toEqual(['pretrain', 'critics', 'train']);
    expect(phases(await fit({ stages: [{ omit: 'critics' }] }))).toEqual(['pretrain', 'train']);
    expect(phases(await fit({ stages: [{ replace: 'train', by: shake }] }))).toEqual(['pretrain', 'critics']);
    const inserted = await fit({ stages: [{ insert: shake, before: 'train' }] });
    expect(phases(inserted)).toEqual(phases(plain));
    expect(inserted.embedding.values).not.toEqual(plain.embedding.values);
  });

  test('one that there is not is refused', async () => {
    await expect(async () => fit({ stages: [{ omit: 'warm-up' }] })).rejects.toThrow(/'warm-up'/);
  });
});

/** Fits, saves and loads, with and without the own parts. */
async function survives(overrides: Partial<Dm2cOptions>, parts: readonly OwnPartOf<Dm2cTypes>[]) {
  const folder = await mkdtemp(join(tmpdir(), 'crossmodal-dm2c-'));
  const before = tf.memory().numTensors;
  try {
    const options = { ...quick, ...overrides } as Dm2cOptions;
    const fitted = await createDm2c(options).fit(data, { clusters: 3, seed: 1 });
    const predicted = await fitted.predict(data);
    const directory = join(folder, 'model');
    await fitted.save(directory);
    const loaded = await loadDm2c(directory, { parts });
    expect(await loaded.predict(data)).toEqual(predicted);
    expect(loaded.ownParts).toEqual(fitted.ownParts);
    await expect(loadDm2c(directory)).rejects.toThrow(
      expect.objectContaining({
        code: 'option',
        message: expect.stringContaining(`'${parts[0]!.name}'`) as string,
      }),
    );
    fitted.dispose();
    loaded.dispose();
    expect(tf.memory().numTensors).toBe(before);
    return fitted;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('an own readout predicts, is saved and comes back with its part', async () => {
  const fitted = await survives({ readout: kMeansReadout() }, [kMeansReadout()]);
  expect(fitted.ownParts).toEqual({ readout: 'k-means' });
  expect(fitted.labels).toHaveLength(data.n);
});

describe('network parts', () => {
  const linear: EncoderPart = {
    name: 'linear',
    create: ({ shape, random }) => dense({ inputSize: shape[0]!, units: 2, random }),
  };
  const pair: EncoderPart = {
    name: 'pair',
    create: ({ shape: [size = 1], random }) => ({
      encoder: dense({ inputSize: size, units: 2, random }),
      decoder: mlp({ inputSize: 2, layers: [{ units: 5 }, { units: size, activation: 'linear' }], random }),
    }),
  };
  const critic = {
    name: 'deep',
    create: (context: { readonly latentSize: number; readonly random: ReturnType<typeof randomSource> }) =>
      mlp({
        inputSize: context.latentSize,
        layers: [{ units: 8 }, { units: 8 }, { units: 1, activation: 'linear' }],
        random: context.random,
      }),
  };

  test('own encoders and critics train, are saved and come back with their parts', async () => {
    const plain = await fit();
    const encoders = await survives({ encoders: [linear, pair] }, [linear, pair]);
    expect(encoders.ownParts).toEqual({ encoders: ['linear', 'pair'] });
    expect(encoders.history).not.toEqual(plain.history);
    const second = await survives({ encoders: [undefined, linear] }, [linear]);
    expect(second.ownParts).toEqual({ encoders: [null, 'linear'] });
    const scores = ({ history }: typeof plain) => history.filter(({ phase }) => phase === 'critics');
    const critics = await survives({ critic }, [critic]);
    expect(scores(critics)).not.toEqual(scores(plain));
    // What was drawn for the rest of the network does not depend on the critics.
    expect(critics.history.slice(0, 2)).toEqual(plain.history.slice(0, 2));
  });

  test('in the network of the paper too', async () => {
    const { latentSize, ...paper } = {
      preset: 'paper',
      units: [8],
      latentSize: 2,
      generatorUnits: [5],
    } as const;
    const { hidden: _, criticWarmup: __, ...shared } = quick;
    const options = { ...shared, ...paper, latentSize, encoders: [linear], critic } as Dm2cOptions;
    const fitted = await createDm2c(options).fit(data, { clusters: 3 });
    expect(fitted.ownParts).toEqual({ encoders: ['linear'], critic: 'deep' });
    fitted.dispose();
  });

  test('parts that do not fit are refused, and nothing is left', async () => {
    const before = tf.memory().numTensors;
    const wide: EncoderPart = {
      name: 'wide',
      create: ({ shape, random }) => dense({ inputSize: shape[0]!, units: 5, random }),
    };
    const two = { name: 'two', create: () => dense({ inputSize: 2, units: 2, random: randomSource(0) }) };
    const typed = (overrides: Partial<Dm2cOptions>) =>
      expect(fit(overrides)).rejects.toBeInstanceOf(CrossmodalError);
    await typed({ encoders: [undefined, wide] });
    await typed({ critic: two });
    await refused({ encoders: [linear, linear, linear] }, /2 at most/);
    await refused({ encoders: [linear], adversarial: false }, /nothing has trained or aligned/);
    expect(tf.memory().numTensors).toBe(before);
  });
});

test('a training that diverges recovers with its own parts', async () => {
  const readout = kMeansReadout();
  const term = {
    name: 'latents',
    weight: 1,
    value: ({ modalities }: { readonly modalities: readonly { readonly latent: tf.Tensor }[] }) =>
      tf.tidy(() => tf.mean(tf.square(modalities[0]!.latent)) as tf.Scalar),
  };
  const wild = { ...quick, readout, terms: [term], epochs: 60, encoderRate: 1e30, decoderRate: 1e30 };
  const load = (directory: string) => loadDm2c(directory, { parts: [readout] });
  const { error } = await recovers(createDm2c(wild), data, { clusters: 3, load });
  expect(error.lastGood).toBeDefined();
});
