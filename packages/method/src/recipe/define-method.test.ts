import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDivergedError, randomSource, selectRows, type ProgressEvent } from '@crossmodal/core';
import { gaussianBlobs } from '@crossmodal/datasets/generators';
import { tf } from '@crossmodal/tensors';
import { keepsTensors, recovers, samePartition } from '@crossmodal/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createToy,
  probe,
  toy,
  type StartPart,
  type ToyOptions,
  type ToyTypes,
} from '../../tests/toy-method.js';
import { kMeansReadout, type Fit, type Stage } from '../index.js';

const n = 24;
const { data, labels } = gaussianBlobs({
  n,
  clusters: 3,
  modalities: [
    { dimension: 4, separation: 14 },
    { dimension: 3, separation: 14 },
  ],
  random: randomSource(2),
});
const refused = (code: string) => expect.objectContaining({ code });
let scratch = '';

beforeAll(async () => {
  await tf.setBackend('cpu');
  scratch = await mkdtemp(join(tmpdir(), 'crossmodal-method-'));
});
afterAll(() => rm(scratch, { recursive: true }));

/** Fits, uses, disposes. */
async function fitted<T>(
  options: ToyOptions,
  use: (model: Awaited<ReturnType<typeof toy.load>>) => T | Promise<T>,
): Promise<T> {
  const model = await createToy(options).fit(data, { clusters: 3, seed: 5 });
  try {
    return await use(model);
  } finally {
    model.dispose();
  }
}

describe('a fit', () => {
  test('finds clusters, reports, and leaves nothing behind', async () => {
    await keepsTensors(() =>
      fitted({}, (model) => {
        expect(samePartition(model.labels, labels)).toBe(true);
        expect(model.method).toBe('toy');
        expect(model.embedding).toMatchObject({ rows: n, columns: 7 });
        expect(model.history.map(({ phase, step }) => [phase, step])).toEqual(
          Array.from({ length: 6 }, (_, step) => ['pull', step]),
        );
        expect(model.options).toEqual({
          preset: 'default',
          inputs: 'default',
          training: 'default',
          shift: n,
          columns: 7,
          steps: 6,
          rate: 0.1,
          runs: 1,
          clusters: 3,
          seed: 5,
        });
        expect(model.scales).toHaveLength(2);
        for (const seconds of Object.values(model.seconds)) expect(seconds).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('rows in another order give the same, to the last bit', async () => {
    const order = randomSource(8).permutation(n);
    const one = await createToy().fit(data, { clusters: 3 });
    const two = await createToy().fit(selectRows(data, order), { clusters: 3 });
    expect([...two.labels]).toEqual([...order].map((row) => one.labels[row]));
    expect(two.history).toEqual(one.history);
    expect(two.embedding.values.slice(0, 7)).toEqual(
      one.embedding.values.slice(7 * order[0]!, 7 * order[0]! + 7),
    );
    expect(await two.predict(data)).toEqual(one.labels);
    one.dispose();
    two.dispose();
  });

  test('progress is told stage by stage; an abort at any of them ends it, and leaves nothing', async () => {
    const events: ProgressEvent[] = [];
    const watching = await createToy().fit(data, { clusters: 3, onProgress: (event) => events.push(event) });
    watching.dispose();
    expect(new Set(events.map(({ phase }) => phase))).toEqual(new Set(['first', 'pull', 'assign']));
    await keepsTensors(async () => {
      for (let stop = 0; stop < events.length; stop++) {
        const controller = new AbortController();
        let seen = 0;
        const onProgress = () => {
          if (seen++ === stop) controller.abort();
        };
        const run = createToy().fit(data, { clusters: 3, signal: controller.signal, onProgress });
        await expect(run).rejects.toThrow(refused('aborted'));
      }
    });
  });

  test('data of the other kind are refused', async () => {
    const mixed = { ...data, kind: 'mixed' } as unknown as typeof data;
    await expect(createToy().fit(mixed, { clusters: 3 })).rejects.toThrow(refused('unsupported'));
    await fitted({}, (model) => expect(model.predict(mixed)).rejects.toThrow(refused('unsupported')));
  });
});

describe('new samples', () => {
  test('predict, transform and no samples at all', () =>
    fitted({}, async (model) => {
      const some = selectRows(data, Int32Array.of(3, 1));
      expect([...(await model.predict(some))]).toEqual([model.labels[3], model.labels[1]]);
      const { rows, columns, values } = await model.transform(some);
      expect([rows, columns]).toEqual([2, 7]);
      expect(values.slice(0, 7)).toEqual(model.embedding.values.slice(21, 28));
      expect(await model.predict({ ...data, n: 0 })).toHaveLength(0);
      expect(await model.transform({ ...data, n: 0 })).toMatchObject({ rows: 0, columns: 7 });
    }));

  test('memberships are refused where there are none', () =>
    fitted({}, async (model) => {
      expect(model.memberships).toBeUndefined();
      await expect(model.predictMemberships(data)).rejects.toThrow(/'k-means'/);
    }));

  test('modalities are found by name, others are refused, and a disposed model says so', async () => {
    const model = await createToy().fit(data, { clusters: 3 });
    const [a, b] = data.modalities;
    expect(await model.predict({ ...data, modalities: [b!, a!] })).toEqual(model.labels);
    await expect(model.predict({ ...data, modalities: [a!] })).rejects.toThrow(refused('shape'));
    model.dispose();
    model.dispose();
    for (const call of [() => model.predict(data), () => model.transform(data), () => model.save(scratch)])
      await expect(call()).rejects.toThrow(refused('state'));
  });
});

describe('a recipe', () => {
  test.each<[string, object]>([
    ['null', null as never],
    ['an unknown option', { stepz: 3 }],
    ['an option of a part that was not chosen', { training: 'paper', steps: 3 }],
    ['an unknown preset', { preset: 'best' }],
    ['an unknown part', { training: 'best' }],
    ['terms that are no list', { terms: 'pull' }],
    ['a stage that there is not', { stages: [{ omit: 'push' }] }],
    ['a change of stages without a place', { stages: [{ insert: { name: 'x' } }] }],
    ['a value of the wrong type', { rate: -1 }],
    ['options that do not fit together', { shift: -1 }],
    ['an option that an own part replaces', { shift: 1, start: { name: 'two', create: () => 2 } }],
  ])('%s is refused', (_, options) => {
    expect(() => toy.create(options)).toThrow(refused('option'));
  });

  test('a preset chooses parts, and each can be chosen alone', async () => {
    await fitted({ preset: 'paper' }, ({ options, history }) => {
      expect(options).toMatchObject({ inputs: 'unit', training: 'paper' });
      expect(history).toEqual([]);
    });
    await fitted({ preset: 'paper', training: 'default', steps: 2 }, ({ options, history }) => {
      expect(options).toMatchObject({ preset: 'paper', inputs: 'unit', training: 'default', steps: 2 });
      expect(history).toHaveLength(2);
    });
  });

  test('stages are left out, replaced and inserted by name', async () => {
    const seen: string[] = [];
    const look = (name: string): Stage<ToyTypes> => ({
      name,
      run: (fit: Fit<ToyTypes>) => {
        seen.push(`${name} ${fit.network.scales.dataSync()[0]!.toFixed(2)}`);
        return Promise.resolve();
      },
    });
    const start: StartPart = { name: 'two', create: () => 2 };
    await fitted({ start, stages: [{ omit: 'pull' }] }, ({ scales }) => expect(scales).toEqual([2, 2]));
    await fitted({ start, stages: [{ replace: 'pull', by: look('own') }] }, ({ history }) =>
      expect(history).toEqual([]),
    );
    await fitted(
      {
        start,
        steps: 200,
        stages: [
          { insert: look('before'), before: 'pull' },
          { insert: look('after'), after: 'pull' },
        ],
      },
      () => {},
    );
    expect(seen[0]).toBe('own 2.00');
    expect(seen[1]).toBe('before 2.00');
    expect(Number(seen[2]!.split(' ')[1])).toBeGreaterThan(2.5);
  });

  test('terms are added, reweighted and left out', async () => {
    const last = (options: ToyOptions) =>
      fitted(options, ({ history, scales }) => ({ ...history.at(-1)!.losses, scales }));
    const plain = await last({});
    const size = {
      name: 'size',
      weight: 50,
      value: ({ scales }: { scales: tf.Tensor }) => tf.sum(tf.square(scales)) as tf.Scalar,
    };
    const added = await last({ terms: [size], rate: 0.001 });
    expect(added).toHaveProperty('size');
    expect(added.scales[0]!).toBeLessThan(plain.scales[0]!);
    const lighter = await last({ terms: [{ name: 'pull', weight: 1e-6 }] });
    expect(lighter.scales[0]!).toBeLessThan(plain.scales[0]!);
    const alone = await last({ terms: [size, { name: 'pull', weight: 0 }], rate: 0.001 });
    expect(alone).not.toHaveProperty('pull');
    await expect(last({ terms: [{ name: 'push', weight: 1 }] })).rejects.toThrow(/'push' without a value/);
  });
});

describe('several runs', () => {
  test('the one of the smallest loss is kept, with its history, and the rest is freed', async () => {
    await keepsTensors(() =>
      fitted({ training: 'restarted', runs: 3, steps: 2 }, ({ runLosses, scales, history }) => {
        expect(runLosses).toHaveLength(3);
        expect(new Set(runLosses).size).toBe(3);
        expect(scales[0]).toBe(Math.min(...runLosses));
        const best = runLosses.indexOf(scales[0]!) + 1;
        expect(history.map(({ phase }) => phase)).toEqual([`run ${best}, pull`, `run ${best}, pull`]);
      }),
    );
  });

  test('a single run is not compared, and keeps plain names', () =>
    fitted({ training: 'restarted', steps: 1 }, ({ runLosses, history }) => {
      expect(runLosses).toEqual([]);
      expect(history.map(({ phase }) => phase)).toEqual(['pull']);
    }));
});

describe('a divergence', () => {
  test.each<[string, ToyOptions]>([
    ['one run', { rate: 1e20 }],
    ['several runs', { rate: 1e20, training: 'restarted', runs: 2 }],
    [
      'an own part and an own readout',
      { rate: 1e20, start: { name: 'two', create: () => 2 }, readout: kMeansReadout() },
    ],
  ])('can be finished from the last good state: %s', async (_, options) => {
    const parts = [options.start, options.readout].filter((part) => part !== undefined);
    probe.settled = 0;
    const { error, history } = await recovers(createToy(options), data, {
      clusters: 3,
      load: (directory) => toy.load(directory, { parts }),
    });
    expect(error.lastGood).toEqual({ phase: expect.stringContaining('pull') as string, step: 0 });
    expect(history).toEqual([]);
    // Once for each of the two recoveries; the training itself never came to its end.
    expect(probe.settled).toBe(2);
  });

  test('an error of a stage comes out as it is, and nothing is left', async () => {
    const broken = { name: 'broken', run: () => Promise.reject(new Error('no')) };
    await keepsTensors(async () => {
      const error: unknown = await createToy({ stages: [{ insert: broken, after: 'pull' }] })
        .fit(data, { clusters: 3 })
        .catch((reason: unknown) => reason);
      expect(isDivergedError(error)).toBe(false);
      expect(String(error)).toBe('Error: no');
    });
  });
});

describe('a saved model', () => {
  test('comes back with all it reports, and says the same of new samples', async () => {
    await keepsTensors(() =>
      fitted({ inputs: 'unit', training: 'restarted', runs: 2 }, async (model) => {
        const directory = join(scratch, 'same');
        await model.save(directory);
        const loaded = await toy.load(directory);
        const plain = ({
          labels: own,
          embedding,
          history,
          options,
          seconds,
          scales,
          runLosses,
          method,
        }: typeof model) => ({
          own,
          embedding,
          history,
          options,
          seconds,
          scales,
          runLosses,
          method,
        });
        expect(plain(loaded)).toEqual(plain(model));
        expect(await loaded.predict(data)).toEqual(await model.predict(data));
        expect(await loaded.transform(data)).toEqual(await model.transform(data));
        loaded.dispose();
      }),
    );
  });

  test('own parts are asked for by name', () => {
    const start: StartPart = { name: 'two', create: () => 2 };
    return fitted({ start, readout: kMeansReadout() }, async (model) => {
      const directory = join(scratch, 'own');
      await model.save(directory);
      expect(model.ownParts).toEqual({ start: 'two', readout: 'k-means' });
      await expect(toy.load(directory)).rejects.toThrow(/'two'|'k-means'/);
      await expect(toy.load(directory, { parts: [start] })).rejects.toThrow(/'k-means'/);
      const loaded = await toy.load(directory, { parts: [kMeansReadout(), start] });
      expect(await loaded.predict(data)).toEqual(model.labels);
      expect(loaded.ownParts).toEqual(model.ownParts);
      loaded.dispose();
    });
  });

  test('a damaged one is refused, and leaves nothing', async () => {
    await keepsTensors(() =>
      fitted({}, async (model) => {
        const directory = join(scratch, 'damaged');
        await model.save(directory);
        const path = join(directory, 'model.json');
        const good = await readFile(path, 'utf8');
        for (const [from, to] of [
          ['"crossmodal-toy"', '"crossmodal-other"'],
          ['"version": 1', '"version": 2'],
          ['"steps": 6', '"steps": -6'],
          ['"clusters": 3', '"clusters": 2'],
          ['"$transform": "centre"', '"$transform": "middle"'],
          ['"type": "int32"', '"type": "uint8"'],
          ['state/labels', 'state/label'],
          ['"weights": [\n    [\n      2\n    ]\n  ]', '"weights": [\n    [\n      3\n    ]\n  ]'],
        ] as const) {
          expect(good, from).toContain(from);
          await writeFile(path, good.replace(from, to));
          await expect(toy.load(directory), from).rejects.toThrow(refused('format'));
        }
      }),
    );
  });
});

describe('options that TypeScript would refuse, or says nothing of', () => {
  const nothing = { name: 'mine', run: () => Promise.resolve() };
  const readout = toy.definition.readout['default']!;

  test.each<[string, object]>([
    ['a replacement without a stage', { stages: [{ replace: 'first' }] }],
    ['an insertion without a stage', { stages: [{ after: 'pull' }] }],
    ['two changes in one', { stages: [{ omit: 'first', replace: 'pull', by: nothing }] }],
    ['a stage that does not run', { stages: [{ before: 'pull', insert: { name: 'mine' } }] }],
    [
      'terms that no stage would use',
      { stages: [{ omit: 'pull' }, { omit: 'first' }], terms: [{ name: 'distance', weight: 2 }] },
    ],
    ['a preset that every object has', { preset: 'constructor' }],
    [
      'two parts of one name',
      { start: { name: 'mine', create: () => undefined }, readout: { ...kMeansReadout(), name: 'mine' } },
    ],
  ])('%s is refused', (_, options) => {
    expect(() => createToy(options)).toThrow(refused('option'));
  });

  test('an option that is undefined is one that was not given', () =>
    fitted({ start: undefined, terms: undefined } as unknown as ToyOptions, ({ options }) =>
      fitted({}, (model) => expect(options).toEqual(model.options)),
    ));

  test("a readout that is one of the method's own is no part of the caller's", () =>
    fitted({ readout } as ToyOptions, async (model) => {
      expect(model.ownParts).toEqual({});
      const loaded = await toy.load(await model.toBytes());
      expect(await loaded.predict(data)).toEqual(await model.predict(data));
      loaded.dispose();
    }));

  test('data without rows are checked like others', () =>
    fitted({}, async (model) => {
      const none = selectRows(data, []);
      expect(await model.predict(none)).toEqual(new Int32Array(0));
      const renamed = {
        ...none,
        modalities: none.modalities.map((own) => ({ ...own, name: `${own.name}?` })),
      };
      await expect(model.predict(renamed as typeof none)).rejects.toThrow(refused('shape'));
    }));
});
