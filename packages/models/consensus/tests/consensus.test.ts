import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomSource, toDense } from '@crossmodal/core';
import { gaussianBlobs } from '@crossmodal/datasets';
import { kMeansReadout } from '@crossmodal/method';
import { tf } from '@crossmodal/tensors';
import { samePartition } from '@crossmodal/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  createConsensus,
  loadConsensus,
  method,
  type ConsensusOptions,
  type FittedConsensus,
} from '../src/index.js';

/** The default members, with fits of a second in all. */
const short = [
  { method: 'exact', options: { graphs: 'C5' } },
  { method: 'dmim', options: { overclusteringSteps: 4, steps: 4, refreshEvery: 2 } },
  { method: 'dmsc', options: { epochs: 2, batchSize: 12 } },
  {
    method: 'eamc',
    options: { contrastEpochs: 2, headEpochs: 2, epochs: 3, leastSteps: 0, batchSize: 12 },
  },
];

function blobs(n: number, separation: number, seed = 1) {
  const modalities = [
    { name: 'one', dimension: 6, separation },
    { name: 'two', dimension: 9, separation },
  ];
  return gaussianBlobs({ n, clusters: 3, modalities, random: randomSource(seed) });
}

describe('with the members of the package', () => {
  test('clear clusters are found by all, the model is saved whole, and no tensor is left', async () => {
    const { data, labels } = blobs(45, 20);
    const before = tf.memory().numTensors;
    const fitted = await createConsensus({ members: short }).fit(data, { clusters: 3, seed: 2 });
    expect(tf.memory().numTensors).toBe(before);
    expect(samePartition(fitted.labels, labels)).toBe(true);
    expect(fitted.members.map(({ name }) => name)).toEqual(['exact', 'dmim', 'dmsc', 'eamc']);
    expect(fitted.support!.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    const { values } = toDense(fitted.affinity!);
    for (let i = 0; i < 45; i++)
      for (let j = 0; j < i; j++) expect(values[45 * i + j]).toBe(values[45 * j + i]);

    const parent = await mkdtemp(join(tmpdir(), 'crossmodal-consensus-'));
    await fitted.save(join(parent, 'model'));
    const loaded = await loadConsensus(join(parent, 'model'));
    await rm(parent, { recursive: true });
    const fresh = blobs(20, 20).data;
    expect(await loaded.predict(fresh)).toEqual(await fitted.predict(fresh));
    expect(await loaded.transform(fresh)).toEqual(await fitted.transform(fresh));
    expect(loaded.options).toEqual(fitted.options);
    fitted.dispose();
    loaded.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a training that diverges is finished from its last good state, and no tensor is left', async () => {
    const { data } = blobs(30, 20);
    const before = tf.memory().numTensors;
    const wild = { method: 'dmsc', options: { epochs: 8, batchSize: 12, learningRate: 1e30 } };
    const fitted = await createConsensus({ members: ['exact', wild] }).fit(data, { clusters: 3, seed: 2 });
    expect(fitted.members.map(({ outcome }) => outcome)).toEqual(['fitted', 'recovered']);
    expect(fitted.members[1]!.reason).toMatch(/step \d+: expected .*finite/);
    expect(await fitted.predict(data)).toHaveLength(30);
    fitted.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a wrong name or option is told before the first fit', async () => {
    const { data } = blobs(20, 5);
    const phases: string[] = [];
    for (const members of ['exact,exakt', ['exact', { method: 'exact', options: { graphs: 'Q' } }]]) {
      const fit = createConsensus({ members }).fit(data, {
        clusters: 2,
        onProgress: ({ phase }) => phases.push(phase),
      });
      await expect(fit).rejects.toMatchObject({ code: 'option' });
    }
    expect(phases).toEqual([]);
  });
});

describe('options', () => {
  const { data } = blobs(60, 2.5);
  const run = async (options: ConsensusOptions) => {
    const fitted = await createConsensus({ members: 'exact:3', ...options }).fit(data, {
      clusters: 5,
      seed: 3,
    });
    fitted.dispose();
    return fitted;
  };
  const members = ['R', 'F2', 'C5'].map((graphs) => ({ method: 'exact', options: { graphs } }));
  let plain: FittedConsensus;
  beforeAll(async () => {
    plain = await run({ members });
  });

  test.each([[{ reclusterings: 2 }], [{ closest: 1 }], [{ power: 0 }], [{ members: members.slice(1) }]])(
    '%j changes the weights',
    async (change) => {
      const [one, other] = [plain, await run({ members, ...change })];
      expect(other.support!.map(({ weight }) => weight)).not.toEqual(
        one.support!.map(({ weight }) => weight),
      );
    },
  );

  test.each([[{ extraEigenvectors: 2 }], [{ bandwidth: 2 }]])('%j changes the embedding', async (change) => {
    const [one, other] = [plain, await run({ members, ...change })];
    expect(other.embedding).not.toEqual(one.embedding);
  });

  test('more starts find clusters that are no less tight', async () => {
    const scatter = async (restarts: number) => {
      const { embedding, labels } = await run({ members, restarts });
      return within(embedding.values, embedding.columns, labels);
    };
    expect(await scatter(20)).toBeLessThan(await scatter(1));
  });

  test('an own readout clusters the one-hot labels', async () => {
    const fitted = await createConsensus({ members, readout: kMeansReadout() }).fit(data, { clusters: 5 });
    expect(fitted.embedding.columns).toBe(3 * 5);
    expect(fitted.support).toBeUndefined();
    expect(fitted.members).toHaveLength(3);
    expect(await fitted.predict(data)).toHaveLength(60);
    fitted.dispose();
  });
});

test('the value is the method with the members of the package', async () => {
  const { data } = blobs(20, 5);
  const fitted = await method.create({ members: 'exact' }).fit(data, { clusters: 2 });
  const loaded = await method.load(await fitted.toBytes());
  expect(await loaded.predict(data)).toEqual(await fitted.predict(data));
  fitted.dispose();
  loaded.dispose();
  await expect(loaded.predict(data)).rejects.toMatchObject({ code: 'state' });
});

/** Squared distances to the means of clusters. */
function within(values: Float64Array, q: number, labels: Int32Array): number {
  const means = new Map<number, { readonly sum: Float64Array; count: number }>();
  labels.forEach((label, i) => {
    const mean = means.get(label) ?? { sum: new Float64Array(q), count: 0 };
    for (let j = 0; j < q; j++) mean.sum[j]! += values[i * q + j]!;
    mean.count++;
    means.set(label, mean);
  });
  return labels.reduce((total, label, i) => {
    const { sum, count } = means.get(label)!;
    return total + sum.reduce((distance, x, j) => distance + (values[i * q + j]! - x / count) ** 2, 0);
  }, 0);
}
