import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paired, vectors } from '@crossmodal/core';
import { mlp, type EncoderPart } from '@crossmodal/encoders';
import { createMultimodalAutoencoder } from '@crossmodal/fusion';
import { kMeansReadout, type Fit } from '@crossmodal/method';
import { tf, useBackend } from '@crossmodal/tensors';
import { barsAndPoints, recovers, samePartition } from '@crossmodal/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDmsc, loadDmsc, type DmscOptions, type DmscTypes, type FusionPart } from '../src/index.js';

const { data, labels } = barsAndPoints(24, 3, 1);
const steps = { epochs: 2, batchSize: 12 };
const small = { ...steps, filters: 6, units: 16 };
const quick: DmscOptions = { ...small, restarts: 3 };
const wide: EncoderPart = {
  name: 'wide',
  create: ({ shape, random }) =>
    mlp({ inputSize: shape[0]!, layers: [{ units: 24 }, { units: 12 }], random }),
};
let scratch = '';

beforeAll(async () => {
  await useBackend('onnx', { threads: 1 });
  scratch = await mkdtemp(join(tmpdir(), 'crossmodal-dmsc-recipes-'));
});
afterAll(() => rm(scratch, { recursive: true }));

describe('mixtures of the two recipes', () => {
  const choices = ['default', 'paper'] as const;
  const mixtures = choices.flatMap((inputs) =>
    choices.flatMap((network) =>
      choices.flatMap((training) => choices.map((readout) => ({ inputs, network, training, readout }))),
    ),
  );

  test.each(mixtures)(
    'inputs $inputs, network $network, training $training, readout $readout',
    async (parts) => {
      const steps =
        parts.training === 'paper' ? { pretrainSteps: 2, steps: 2 } : { epochs: 1, batchSize: 12 };
      const create = () => createDmsc({ ...parts, ...steps } as DmscOptions);
      if (parts.readout === 'paper' && parts.training === 'default') {
        // Coefficients that nothing trains cannot be read.
        expect(create).toThrow("Choose the training 'paper', or another readout.");
        return;
      }
      const fitted = await create().fit(data, { clusters: 3 });
      expect(fitted.options).toMatchObject(parts);
      const phases = new Set(fitted.history.map(({ phase }) => phase));
      expect(phases).toEqual(new Set(parts.training === 'paper' ? ['pretrain', 'train'] : ['train']));
      fitted.dispose();
    },
  );

  test('the parts of the other preset bring their options, and those alone', () => {
    expect(() => createDmsc({ network: 'paper', filters: 4 } as DmscOptions)).toThrow(/'filters'/);
    expect(() =>
      createDmsc({ preset: 'paper', network: 'default', filters: 4 } as DmscOptions),
    ).not.toThrow();
  });
});

describe("parts of one's own", () => {
  test('an encoder of one modality: fitted, saved, loaded with it alone', async () => {
    const directory = join(scratch, 'encoder');
    const fitted = await createDmsc({ ...quick, encoders: [undefined, wide] }).fit(data, { clusters: 3 });
    expect(samePartition(fitted.labels, labels)).toBe(true);
    expect(fitted.ownParts).toEqual({ encoders: [null, 'wide'] });
    await fitted.save(directory);
    await expect(loadDmsc(directory)).rejects.toThrow(/'wide'/);
    const loaded = await loadDmsc(directory, { parts: [wide] });
    expect(await loaded.predict(data)).toEqual(await fitted.predict(data));
    fitted.dispose();
    loaded.dispose();
  });

  test('an encoder is used, with a decoder of its own too, and one that does not fit is refused', async () => {
    let made = 0;
    const counting: EncoderPart = {
      name: 'counting',
      create: (context) => {
        made++;
        return wide.create(context);
      },
    };
    const one = await createDmsc({ ...quick, encoders: [undefined, counting] }).fit(data, { clusters: 3 });
    const two = await createDmsc(quick).fit(data, { clusters: 3 });
    expect(made).toBe(1);
    expect(one.history).not.toEqual(two.history);
    one.dispose();
    two.dispose();
    const wrong: EncoderPart = {
      ...wide,
      create: ({ random }) => mlp({ inputSize: 3, layers: [{ units: 2 }], random }),
    };
    for (const [options, code] of [
      [{ encoders: [undefined, wrong] }, 'shape'],
      [{ encoders: [undefined, undefined, wide] }, 'option'],
      [{ encoders: [undefined, wide], fusion: 'late' }, 'option'],
    ] as [DmscOptions, string][]) {
      const before = tf.memory().numTensors;
      await expect(createDmsc({ ...quick, ...options }).fit(data, { clusters: 3 })).rejects.toMatchObject({
        code,
      });
      expect(tf.memory().numTensors).toBe(before);
    }
  });

  test('a fusion: its kind is its own, and the option has no name any more', async () => {
    const twice = paired([data.modalities[1]!, vectors('again', data.modalities[1]!.features)]);
    const weighted: FusionPart = {
      name: 'half',
      create: ({ shapes, random }) => ({
        ...createMultimodalAutoencoder({ shapes, fusion: { kind: 'late', function: 'sum' }, random }),
        kind: 'half',
      }),
    };
    const directory = join(scratch, 'fusion');
    // Sizes of the recipe's own layers mean nothing beside it.
    expect(() => createDmsc({ ...quick, fusion: weighted })).toThrow(/'filters'/);
    const crowded = createDmsc({ ...steps, fusion: weighted, encoders: [wide, wide] });
    await expect(crowded.fit(twice, { clusters: 3 })).rejects.toThrow(/'encoders'.*, got 'half'/);
    const fitted = await createDmsc({ ...steps, fusion: weighted }).fit(twice, { clusters: 3 });
    expect(fitted.options).not.toHaveProperty('fusion');
    await fitted.save(directory);
    const loaded = await loadDmsc(directory, { parts: [weighted] });
    expect(await loaded.predict(twice)).toEqual(await fitted.predict(twice));
    fitted.dispose();
    loaded.dispose();
  });

  test('a readout: k-means of the latents', async () => {
    const directory = join(scratch, 'readout');
    const fitted = await createDmsc({ ...small, readout: kMeansReadout() }).fit(data, { clusters: 3 });
    expect(fitted.affinity).toBeUndefined();
    await fitted.save(directory);
    await expect(loadDmsc(directory)).rejects.toThrow(/'k-means'/);
    const loaded = await loadDmsc(directory, { parts: [kMeansReadout()] });
    expect(await loaded.predict(data)).toEqual(fitted.labels);
    fitted.dispose();
    loaded.dispose();
  });

  test('terms: one added, one of another weight, one left out', async () => {
    const train = async (options: DmscOptions) => {
      const fitted = await createDmsc({ ...quick, ...options }).fit(data, { clusters: 3 });
      fitted.dispose();
      return fitted.history.at(-1)!.losses;
    };
    const plain = await train({});
    const size: NonNullable<DmscOptions['terms']>[number] = {
      name: 'size',
      weight: 0.1,
      value: ({ latents }) => tf.mean(tf.square(latents[0]!)) as tf.Scalar,
    };
    expect(Object.keys(await train({ terms: [size] })).sort()).toEqual(
      [...Object.keys(plain), 'size'].sort(),
    );
    expect(await train({ terms: [{ name: 'self-expression', weight: 0 }] })).not.toHaveProperty(
      'self-expression bars',
    );
    const heavy = await train({ terms: [{ name: 'self-expression', weight: 50 }], encoderRate: 1e-2 });
    const light = await train({ terms: [{ name: 'self-expression', weight: 1e-3 }], encoderRate: 1e-2 });
    expect(heavy['self-expression bars']!).toBeLessThan(light['self-expression bars']!);
    const paper = {
      preset: 'paper',
      pretrainSteps: 1,
      steps: 2,
      terms: [{ name: 'coefficients', weight: 0 }],
    } as DmscOptions;
    const fitted = await createDmsc(paper).fit(data, { clusters: 3 });
    fitted.dispose();
    expect(fitted.history.at(-1)!.losses).not.toHaveProperty('coefficients');
    await expect(train({ terms: [{ name: 'self expression', weight: 2 }] })).rejects.toMatchObject({
      code: 'option',
    });
  });

  test('stages: an inserted one sees the latents, and training can be left out', async () => {
    let latents = 0;
    const look = {
      name: 'look',
      run: async (fit: Fit<DmscTypes>) => {
        latents = (await fit.read()).latents.length;
      },
    };
    const stages = [{ insert: look, after: 'blocks' }, { omit: 'blocks' }];
    const fitted = await createDmsc({ ...quick, stages }).fit(data, { clusters: 3 });
    expect(latents).toBe(2);
    expect(fitted.history).toEqual([]);
    fitted.dispose();
  });

  test('a divergence is finished with them', async () => {
    const options: DmscOptions = {
      ...small,
      epochs: 8,
      learningRate: 1e30,
      encoders: [undefined, wide],
      readout: kMeansReadout(),
    };
    const parts = [wide, kMeansReadout()];
    await recovers(createDmsc(options), data, {
      clusters: 3,
      load: (directory) => loadDmsc(directory, { parts }),
    });
  });
});

test('transform places new samples among the clusters of the embedding', async () => {
  const fitted = await createDmsc(quick).fit(data, { clusters: 3, seed: 2 });
  const fresh = barsAndPoints(12, 3, 1);
  const placed = await fitted.transform(fresh.data);
  expect([placed.rows, placed.columns]).toEqual([12, fitted.embedding.columns]);
  const predicted = await fitted.predict(fresh.data);
  const near = (row: number) => {
    const away = (i: number) => {
      let sum = 0;
      for (let c = 0; c < placed.columns; c++)
        sum +=
          (placed.values[row * placed.columns + c]! - fitted.embedding.values[i * placed.columns + c]!) ** 2;
      return sum;
    };
    let best = 0;
    for (let i = 1; i < 24; i++) if (away(i) < away(best)) best = i;
    return fitted.labels[best];
  };
  expect([...predicted].map((_, row) => near(row))).toEqual([...predicted]);
  fitted.dispose();
});
