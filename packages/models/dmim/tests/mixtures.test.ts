import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kMeansReadout } from '@crossmodal/method';
import { tf, useBackend } from '@crossmodal/tensors';
import { barsAndPoints } from '@crossmodal/testing';
import { beforeAll, expect, test } from 'vitest';
import { createDmim, loadDmim, type DmimOptions } from '../src/index.js';
import { plantedVectors } from './planted.js';

beforeAll(() => useBackend('onnx', { threads: 1 }));

const names = ['default', 'paper'] as const;
const mixtures = names.flatMap((inputs) =>
  names.flatMap((network) =>
    names.flatMap((training) =>
      ([undefined, 'k-means'] as const).map((readout) => ({ inputs, network, training, readout })),
    ),
  ),
);

test.each(mixtures)(
  'inputs $inputs, network $network, training $training, readout $readout: fits, predicts, saves and loads',
  async ({ readout, ...parts }) => {
    const { data } = barsAndPoints(24, 3, 1);
    const own = readout === undefined ? {} : { readout: kMeansReadout() };
    const steps = parts.training === 'default' ? { steps: 3, overclusteringSteps: 3 } : { steps: 3 };
    const options: DmimOptions = { ...parts, ...steps, ...own, refreshEvery: 2 };
    const parent = await mkdtemp(join(tmpdir(), 'dmim-'));
    const before = tf.memory().numTensors;
    const fitted = await createDmim(options).fit(data, { clusters: 3, seed: 1 });
    expect(fitted.options).toMatchObject(parts);
    expect(fitted.history.filter(({ phase }) => phase === 'train')).toHaveLength(3);
    expect(fitted.memberships === undefined).toBe(readout !== undefined);
    expect(await fitted.predict(data)).toEqual(fitted.labels);
    expect((await fitted.transform(data)).columns).toBe(fitted.embedding.columns);
    await fitted.save(join(parent, 'model'));
    fitted.dispose();
    const loaded = await loadDmim(join(parent, 'model'), { parts: Object.values(own) });
    expect(await loaded.predict(data)).toEqual(fitted.labels);
    loaded.dispose();
    expect(tf.memory().numTensors).toBe(before);
    await rm(parent, { recursive: true });
  },
);

test('a mixture that names what the preset has is the preset', async () => {
  const { data } = plantedVectors(24, 3, 1);
  const short: DmimOptions = { steps: 3, refreshEvery: 2, units: 12, overclusteringSteps: 3 };
  const labels = async (options: DmimOptions) => {
    const fitted = await createDmim(options).fit(data, { clusters: 3, seed: 1 });
    fitted.dispose();
    return { history: fitted.history, memberships: fitted.memberships };
  };
  const mixed: DmimOptions = { preset: 'paper', inputs: 'default', network: 'default', training: 'default' };
  expect(await labels({ ...mixed, ...short } as DmimOptions)).toEqual(await labels(short));
});

test.each<[string, object]>([
  ['units with the network of the paper', { network: 'paper', units: 5 }],
  ['neighbours with the inputs of the paper', { inputs: 'paper', neighbours: 3 }],
  ['a walk with the training of the paper', { training: 'paper', walk: 3 }],
  ['an unknown network', { network: 'wide' }],
])('%s is refused', (_, options) => {
  expect(() => createDmim(options)).toThrow(expect.objectContaining({ code: 'option' }));
});
