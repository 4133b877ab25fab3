import { randomSource } from '@crossmodal/core';
import { permuteRows } from '@crossmodal/testing';
import { tf, useBackend } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import { createDm2c, type Dm2cOptions } from '../src/index.js';
import { vectorMixture } from './planted.js';

beforeAll(() => useBackend('onnx', { threads: 1 }));

const names = ['default', 'paper'] as const;
const readouts = ['auto', 'graph', 'k-means', 'paper'] as const;
const mixtures = names.flatMap((inputs) =>
  names.flatMap((network) =>
    names.flatMap((training) => readouts.map((readout) => ({ inputs, network, training, readout }))),
  ),
);

/** Options that make each part small. */
const small = {
  inputs: { latentSize: 4 },
  default: { hidden: 8 },
  paper: { units: [8], generatorUnits: [5] },
};

test.each(mixtures)(
  '$inputs inputs, $network network, $training training, $readout readout (seed 1)',
  async ({ inputs, network, training, readout }) => {
    const { data } = vectorMixture(1);
    const before = tf.memory().numTensors;
    const fitted = await createDm2c({
      inputs,
      network,
      training,
      readout,
      ...small.inputs,
      ...small[network],
      pretrainEpochs: 1,
      epochs: 1,
      batchSize: 13,
      restarts: 2,
    } as Dm2cOptions).fit(data, { clusters: 3, seed: 1 });
    expect(fitted.options).toMatchObject({ inputs, network, training, readout, anchor: fitted.anchor });
    const predicted = await fitted.predict(data);
    // Neighbours outvote a sample; the nearest centre is that of the fit.
    if (readout === 'graph') expect(predicted).toHaveLength(52);
    else expect(predicted).toEqual(fitted.labels);
    expect((await fitted.transform(data)).values).toEqual(fitted.embedding.values);
    // The paper's inputs know nothing of clusters, so their latents have the size that is asked for.
    expect(fitted.embedding.columns).toBe(inputs === 'paper' ? 4 : 2);
    const warmUp = fitted.history.filter(({ phase }) => phase === 'critics').length;
    expect(warmUp).toBe(training === 'default' ? 25 : 0);
    fitted.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('each part of a mixture decides something, and the order of rows nothing (seed 3)', async () => {
  const { data } = vectorMixture(3);
  const shared = { pretrainEpochs: 2, epochs: 1, batchSize: 13, restarts: 2, ...small.inputs };
  const run = async (options: object, given = data) => {
    const fitted = await createDm2c({ ...shared, ...options } as Dm2cOptions).fit(given, {
      clusters: 3,
      seed: 3,
    });
    fitted.dispose();
    return fitted;
  };
  const plain = await run({});
  const changes = [
    { inputs: 'paper' },
    { network: 'paper', units: [8], generatorUnits: [5] },
    { training: 'paper' },
  ];
  for (const change of changes)
    expect((await run(change)).history, JSON.stringify(change)).not.toEqual(plain.history);
  const random = randomSource(9);
  const order = [...random.permutation(26), ...Array.from(random.permutation(26), (row) => 26 + row)];
  const mixture = { inputs: 'paper', readout: 'graph' };
  const [one, two] = [await run(mixture), await run(mixture, permuteRows(data, order))];
  expect([...two.labels]).toEqual(order.map((row) => one.labels[row]));
});

test.each<[string, object]>([
  ['generators at random, untrained', { inputs: 'paper', adversarial: false }],
  ['a network that ignores the alignment, untrained', { network: 'paper', adversarial: false }],
  ['a mixture without any weight of the game', { network: 'paper', adversarialWeight: 0, cycleWeight: 0 }],
  ['an option of a part that is not in the recipe', { network: 'paper', hidden: 8 }],
  ['an alignment without the default inputs', { inputs: 'paper', alignment: 'geometry' }],
  ['graphs of k-means', { readout: 'k-means', graphs: 'F2' }],
  ['a part of another name', { training: 'mine' }],
])('%s is refused', (_, options) => {
  expect(() => createDm2c(options as Dm2cOptions)).toThrow(expect.objectContaining({ code: 'option' }));
});

test('what nothing trains or aligns is no matter where samples are not unified', async () => {
  const { data } = vectorMixture(1);
  const fitted = await createDm2c({
    inputs: 'paper',
    latentSize: 4,
    adversarial: false,
    unify: false,
    pretrainEpochs: 1,
    hidden: 8,
  }).fit(data, { clusters: 3 });
  expect(new Set(fitted.history.map(({ phase }) => phase))).toEqual(new Set(['pretrain']));
  fitted.dispose();
});
