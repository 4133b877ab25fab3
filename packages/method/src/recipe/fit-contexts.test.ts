import {
  csrMatrix,
  DivergedError,
  isDivergedError,
  randomSource,
  selectRows,
  type Paired,
} from '@crossmodal/core';
import { gaussianBlobs } from '@crossmodal/datasets/generators';
import { tf } from '@crossmodal/tensors';
import { keepsTensors } from '@crossmodal/testing';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import {
  createToy,
  probe,
  toy,
  type StartPart,
  type ToyOptions,
  type ToyTypes,
} from '../../tests/toy-method.js';
import { kMeansReadout, type Readout, type Representation, type Stage } from '../index.js';

const n = 12;
const { data } = gaussianBlobs({
  n,
  clusters: 3,
  modalities: [
    { dimension: 4, separation: 14 },
    { dimension: 3, separation: 14 },
  ],
  random: randomSource(2),
});

beforeAll(async () => {
  await tf.setBackend('cpu');
});
beforeEach(() => {
  probe.settled = 0;
  probe.checked = [];
  probe.lossFails = false;
});
afterEach(() => {
  vi.restoreAllMocks();
});

const fit = (options: ToyOptions = {}, seed = 1, samples: Paired = data) =>
  createToy({ steps: 1, ...options }).fit(samples, { clusters: 3, seed });

test('a training settles once', async () => {
  (await fit()).dispose();
  expect(probe.settled).toBe(1);
});

test('a seed decides the start', async () => {
  const scales: unknown[] = [];
  for (const seed of [0, 1, 1]) {
    const model = await fit({ steps: 0 }, seed);
    scales.push(model.scales);
    model.dispose();
  }
  expect(scales[1]).not.toEqual(scales[0]);
  expect(scales[2]).toEqual(scales[1]);
});

test('stages see what was explored, and can begin again from other starts', async () => {
  const seen: unknown[] = [];
  const look: Stage<ToyTypes> = {
    name: 'look',
    async run({ network: { scales }, structure, restart }) {
      seen.push(structure);
      const value = () => scales.dataSync()[0];
      const first = value();
      for (const start of [1, 1, 0]) {
        const before = value();
        await restart(start);
        seen.push(value() === before, value() === first);
      }
    },
  };
  (await fit({ stages: [{ insert: look, before: 'first' }] })).dispose();
  expect(seen).toEqual([1, false, false, true, false, false, true]);
});

test('the network is read with helpers and signal in a fit, without helpers afterwards', async () => {
  const model = await createToy().fit(data, { clusters: 3, signal: new AbortController().signal });
  expect(probe.read).toEqual({ helpers: true, signal: true });
  await model.predict(data);
  expect(probe.read.helpers).toBe(false);
  model.dispose();
});

test('modalities are checked in a fit and in a prediction', async () => {
  const model = await fit();
  await model.predict(data);
  expect(probe.checked).toEqual([
    ['toy', true],
    ['toy predict', false],
  ]);
  model.dispose();
});

test('no samples have no clusters, and memberships are refused where there are none', async () => {
  const model = await fit();
  const none = selectRows(data, []);
  expect(await model.predict(none)).toEqual(new Int32Array(0));
  expect(await model.transform(none)).toMatchObject({ rows: 0, columns: 7 });
  await expect(model.predictMemberships(data)).rejects.toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
  model.dispose();
});

test('a loss that throws leaves nothing behind', () =>
  keepsTensors(async () => {
    probe.lossFails = true;
    await expect(fit({ training: 'restarted', runs: 2 })).rejects.toThrow('no loss');
  }));

test('a recovery has network, helpers and time of the last good state', async () => {
  let now = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const diverge: Stage<ToyTypes> = {
    name: 'diverge',
    run({ network, helpers }) {
      tf.tidy(() => {
        network.scales.assign(tf.tensor1d([7, 8]));
        helpers.mark.assign(tf.scalar(9));
      });
      now += 5000;
      const lastGood = { phase: 'diverge', step: 0 };
      throw new DivergedError({ where: 'diverge', expected: 'a finite loss', received: 'NaN', lastGood });
    },
  };
  const error: unknown = await fit({ stages: [{ insert: diverge, after: 'pull' }] }).catch(
    (reason: unknown) => reason,
  );
  if (!isDivergedError<Paired>(error)) throw error;
  const model = await error.recover!();
  expect(model).toMatchObject({ scales: [7, 8], seconds: { fit: 5 } });
  expect(probe.mark).toBe(9);
  model.dispose();
});

test('own network parts make the network of a loaded model, and a state that does not fit is damaged', async () => {
  const create = vi.fn(() => 2);
  const start: StartPart = { name: 'two', create };
  const strict = { ...kMeansReadout(), fits: () => false };
  const model = await fit({ start, readout: strict });
  const bytes = await model.toBytes();
  model.dispose();
  create.mockClear();
  (await toy.load(bytes, { parts: [start, kMeansReadout()] })).dispose();
  expect(create).toHaveBeenCalled();
  await expect(toy.load(bytes, { parts: [start, strict] })).rejects.toThrow(
    expect.objectContaining({ code: 'format' }),
  );
});

test('a readout works in canonical order, and its results come back in the order of the data', async () => {
  const known: Int32Array[] = [];
  const turns: Readout<Representation> = {
    ...kMeansReadout(),
    name: 'turns',
    fit({ embedding }) {
      const { rows, columns, values } = embedding;
      const all = Int32Array.from({ length: rows }, (_, i) => i);
      const diagonal = Float32Array.from(all, (i) => values[i * columns]!);
      const affinity = csrMatrix(rows, rows, Int32Array.from([...all, rows]), all, diagonal);
      known.push(all.map((i) => i % 3));
      return { labels: known[0]!, embedding, affinity, state: { centroids: 0 }, dependsOnOthers: true };
    },
    predict({ embedding }, { labels }) {
      known.push(labels);
      return { labels, embedding };
    },
  };
  const plain = await fit({ readout: turns });
  const first = Array.from({ length: n }, (_, i) => plain.embedding.values[i * 7]!);
  expect([...plain.affinity!.values]).toEqual(first);
  await plain.predict(data);
  expect(known[1]).toEqual(known[0]);
  expect(plain.labels).not.toEqual(known[0]);
  const twins = await fit({ readout: turns }, 1, selectRows(data, [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]));
  expect(twins.labels.slice(0, 6)).toEqual(twins.labels.slice(6));
  plain.dispose();
  twins.dispose();
});
