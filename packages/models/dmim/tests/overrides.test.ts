import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedEncoder, type SharedEncoderPart } from '@crossmodal/encoders';
import { kMeansReadout, type Stage } from '@crossmodal/method';
import { tf, useBackend } from '@crossmodal/tensors';
import { recovers } from '@crossmodal/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createDmim,
  loadDmim,
  type DmimOptions,
  type DmimState,
  type DmimTypes,
  type FittedDmim,
} from '../src/index.js';
import { meaningful } from './parts.js';
import { plantedVectors } from './planted.js';

beforeAll(() => useBackend('onnx', { threads: 1 }));

const { data } = plantedVectors(30, 3, 1);
const quick = { overclusteringSteps: 4, steps: 4, units: 12, refreshEvery: 2 };

async function fit(options: DmimOptions): Promise<FittedDmim> {
  const fitted = await createDmim(options).fit(data, { clusters: 3, seed: 3 });
  fitted.dispose();
  return fitted;
}

const namesIn = ({ history }: FittedDmim, stage: string) =>
  Object.keys(history.find(({ phase }) => phase === stage)!.losses);

const option = expect.objectContaining({ code: 'option' });
const evenness = {
  name: 'evenness',
  weight: 0.1,
  value: ({ modalities: [first] }: DmimState) =>
    tf.sum(tf.square(tf.mean(tf.softmax(first!.logits), 0))) as tf.Scalar,
};

async function temporary<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const parent = await mkdtemp(join(tmpdir(), 'dmim-'));
  try {
    return await use(join(parent, 'model'));
  } finally {
    await rm(parent, { recursive: true });
  }
}

test('a k-means readout fits, predicts, is saved and loaded in six lines', async () => {
  await temporary(async (directory) => {
    const fitted = await createDmim({ readout: kMeansReadout() }).fit(data, { clusters: 3, seed: 1 });
    const predicted = await fitted.predict(data);
    await fitted.save(directory);
    const loaded = await loadDmim(directory, { parts: [kMeansReadout()] });
    const again = await loaded.predict(data);
    expect(predicted).toEqual(fitted.labels);
    expect(again).toEqual(predicted);
    expect(new Set(again).size).toBe(3);
    const refused = { code: 'option', message: expect.stringContaining("'k-means'") as string };
    await expect(loadDmim(directory)).rejects.toThrow(expect.objectContaining(refused));
    await expect(loaded.predictMemberships(data)).rejects.toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
    fitted.dispose();
    loaded.dispose();
  });
});

describe('terms', () => {
  test.each<[string, DmimOptions]>([
    ['default', quick],
    ['paper', { preset: 'paper', steps: 4, refreshEvery: 2, learningRate: 1e-2 }],
  ])('one is added, reweighted or left out, and the result shows it: %s', async (_, base) => {
    const plain = await fit(base);
    const added = await fit({ ...base, terms: [evenness] });
    expect(namesIn(added, 'train')).toEqual([...namesIn(plain, 'train').slice(0, -1), 'evenness', 'total']);
    const reweighted = await fit({ ...base, terms: [{ name: 'targets', weight: 9 }] });
    expect(namesIn(reweighted, 'train')).toEqual(namesIn(plain, 'train'));
    const left = await fit({ ...base, terms: [{ name: 'superfluous', weight: 0 }] });
    const without = namesIn(plain, 'train').filter((name) => !name.startsWith('superfluous'));
    expect(namesIn(left, 'train')).toEqual(without);
    for (const { memberships } of [added, reweighted, left])
      expect(memberships!.values).not.toEqual(plain.memberships!.values);
  });

  test('a change to a term that both stages have holds in both; one that names a player in its stage alone', async () => {
    const both = await fit({ ...quick, terms: [{ name: 'superfluous', weight: 0 }] });
    expect(namesIn(both, 'overcluster')).toEqual(['overclustering information bars points', 'total']);
    const early = await fit({ ...quick, terms: [{ ...evenness, player: 'overclusters' }] });
    // Its value comes from the clustering head, which that stage does not move: it is in the history and changes nothing else.
    expect(namesIn(early, 'overcluster')).toContain('evenness');
    expect(namesIn(early, 'train')).not.toContain('evenness');
  });

  test('a head whose only term is left out stays as it is', async () => {
    const only: DmimOptions = { ...quick, overclusteringSteps: 0, superfluous: 'none', targetWeight: 1 };
    const left = await fit({ ...only, terms: [{ name: 'overclustering information', weight: 0 }] });
    expect(namesIn(left, 'train')).toEqual([
      'information bars points',
      'targets bars',
      'targets points',
      'total',
    ]);
  });

  test.each<[string, DmimOptions]>([
    ['an unknown name without a value', { terms: [{ name: 'evenness', weight: 2 }] }],
    ['an unknown player', { terms: [{ ...evenness, player: 'critic' }] }],
    [
      'the player of a stage that does not run',
      { overclusteringSteps: 0, terms: [{ ...evenness, player: 'overclusters' }] },
    ],
    [
      'a term that the options leave out',
      { overclustering: false, terms: [{ name: 'overclustering information', weight: 2 }] },
    ],
  ])('%s is refused', (_, change) => {
    expect(() => createDmim(meaningful({ ...quick, ...change } as DmimOptions))).toThrow(option);
  });
});

describe('stages', () => {
  const spy = (name: string, seen: string[]): Stage<DmimTypes> => ({
    name,
    async run({ helpers }) {
      seen.push(`${name} ${helpers.merged === undefined ? 'before' : 'after'} merging`);
    },
  });

  test('one is left out: the clustering head has targets of its own', async () => {
    const fitted = await fit({ ...quick, stages: [{ omit: 'overcluster' }] });
    expect(new Set(fitted.history.map(({ phase }) => phase))).toEqual(new Set(['train']));
    const { memberships } = await fit({ ...quick, overclusteringSteps: 0 });
    expect(fitted.memberships).toEqual(memberships);
  });

  test('one is replaced, and others are inserted where they are asked for', async () => {
    const seen: string[] = [];
    const stages: DmimOptions['stages'] = [
      { insert: spy('first', seen), before: 'overcluster' },
      { insert: spy('second', seen), after: 'overcluster' },
      { replace: 'train', by: spy('own', seen) },
    ];
    const { history } = await fit({ ...quick, stages });
    expect(seen).toEqual(['first before merging', 'second after merging', 'own after merging']);
    expect(new Set(history.map(({ phase }) => phase))).toEqual(new Set(['overcluster']));
  });

  test('an unknown one is refused', () => {
    expect(() => createDmim({ stages: [{ omit: 'pretrain' }] })).toThrow(option);
  });
});

describe('an encoder of the caller', () => {
  const encoder: SharedEncoderPart = {
    name: 'narrow',
    create: ({ inputSizes, random }) =>
      sharedEncoder({ inputSizes, layers: [{ units: 7, activation: 'tanh' }], random }),
  };

  test.each<[string, DmimOptions]>([
    ['default', { overclusteringSteps: 4, steps: 4, restarts: 2, encoder }],
    ['paper', { preset: 'paper', steps: 4, encoder }],
  ])('is trained, saved by its name and loaded with it: %s', async (_, options) => {
    await temporary(async (directory) => {
      const before = tf.memory().numTensors;
      const fitted = await createDmim(options).fit(data, { clusters: 3, seed: 2 });
      expect(fitted.embedding.columns).toBe(7);
      expect(fitted.ownParts).toEqual({ encoder: 'narrow' });
      await fitted.save(directory);
      const loaded = await loadDmim(directory, { parts: [encoder] });
      expect(await loaded.predict(data)).toEqual(fitted.labels);
      const refused = { code: 'option', message: expect.stringContaining("'narrow'") as string };
      await expect(loadDmim(directory)).rejects.toThrow(expect.objectContaining(refused));
      fitted.dispose();
      loaded.dispose();
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  test('goes without the units of the one that it replaces', () => {
    expect(() => createDmim({ encoder, units: 9 })).toThrow(option);
  });

  test('a training with own parts that diverges is finished from its last good state', async () => {
    const wild: DmimOptions = {
      ...{ overclusteringSteps: 8, steps: 4, learningRate: 1e38 },
      encoder,
      terms: [evenness],
      readout: kMeansReadout(),
    };
    const load = (directory: string) => loadDmim(directory, { parts: [encoder, kMeansReadout()] });
    const { error } = await recovers(createDmim(wild), data, { clusters: 3, load });
    expect(error.message).toMatch(/overcluster, step \d+|train, step \d+/);
  });
});
