import { DivergedError, isDivergedError, randomSource, type Paired } from '@crossmodal/core';
import { gaussianBlobs } from '@crossmodal/datasets/generators';
import { tf } from '@crossmodal/tensors';
import { onCpuWithoutLeaks } from '@crossmodal/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createToy, toy, type ToyOptions, type ToyTypes } from '../../tests/toy-method.js';
import { defineMethod, kMeansReadout, type Stage } from '../index.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

const { data } = gaussianBlobs({
  n: 24,
  clusters: 3,
  modalities: [{ dimension: 3 }, { dimension: 2 }],
  random: randomSource(1),
});
const { definition } = toy;

describe('what create refuses', () => {
  test.each<[string, ToyOptions, RegExp]>([
    [
      'a weight for a term that nobody has',
      { terms: [{ name: 'push', weight: 2 }] },
      /one of 'pull', got 'push' without a value/,
    ],
    [
      'a term for a player that there is not',
      { terms: [{ name: 'pull', weight: 2, player: 'critics' }] },
      /one of the players 'numbers', got 'critics' of term 'pull'/,
    ],
    [
      'a change where nothing is trained',
      { steps: 0, terms: [{ name: 'pull', weight: 2 }] },
      /a stage that takes changes to terms, got none/,
    ],
    [
      'a change where the stage is left out',
      { stages: [{ omit: 'pull' }], terms: [{ name: 'pull', weight: 2 }] },
      /a stage that takes changes/,
    ],
  ])('%s', (_, options, words) => {
    const create = () => createToy(options);
    expect(create).toThrow(expect.objectContaining({ code: 'option' }));
    expect(create).toThrow(/createToy option 'terms'/);
    expect(create).toThrow(words);
  });

  test('a stage that does not say what its players are may use any term', () => {
    const own: Stage<ToyTypes> = { name: 'own', run: () => Promise.resolve() };
    const terms = [{ name: 'mine', weight: 1 }];
    expect(createToy({ stages: [{ insert: own, after: 'pull' }], terms }).method).toBe('toy');
  });

  test('a readout whose needs the training does not keep', () => {
    const keeping = { ...definition.training['default']!, keeps: () => ['coefficients'] };
    const method = defineMethod<ToyTypes>({
      ...definition,
      training: { ...definition.training, keeping },
      readout: { default: { ...kMeansReadout(), needs: () => ['coefficients'] } },
    });
    expect(method.create({ training: 'keeping' }).method).toBe('toy');
    expect(() => method.create({})).toThrow(
      "createToy option 'readout': expected a training that keeps coefficients, for the readout 'k-means', got one that keeps nothing. " +
        "Choose the training 'keeping', or another readout.",
    );
  });

  test('an option that means nothing beside another', async () => {
    const method = defineMethod<ToyTypes>({
      ...definition,
      unused: [{ when: { steps: 0 }, options: ['rate'] }],
    });
    expect(() => method.create({ steps: 0, rate: 0.1 })).toThrow(
      /'rate': expected no such option beside steps: 0/,
    );
    const model = await method.create({ steps: 0 }).fit(data, { clusters: 3 });
    expect(model.options).not.toHaveProperty('rate');
    const loaded = await method.load(await model.toBytes());
    expect(loaded.options).toEqual(model.options);
    model.dispose();
    loaded.dispose();
    const before = await createToy({ steps: 0 }).fit(data, { clusters: 3 });
    const later = await method.load(await before.toBytes());
    expect(before.options).toHaveProperty('rate');
    expect(later.options).not.toHaveProperty('rate');
    before.dispose();
    later.dispose();
  });

  test('a network part that means nothing beside an option', () => {
    const method = defineMethod<ToyTypes>({
      ...definition,
      unused: [{ when: { steps: 0 }, options: ['start'] }],
    });
    expect(() => method.create({ steps: 0, start: { name: 'two', create: () => 2 } })).toThrow(
      /'start': expected no such option beside steps: 0, where it means nothing, got the part 'two'/,
    );
  });
});

describe('a definition that would lose something when a model is loaded', () => {
  test('options that inputs fill in are options of the method', async () => {
    const inputs = definition.inputs['default']!;
    const method = defineMethod<ToyTypes>({
      ...definition,
      inputs: {
        ...definition.inputs,
        default: {
          ...inputs,
          fit: async (...given) => ({ ...(await inputs.fit(...given)), options: { colour: 'red' } }),
        },
      },
    });
    const fit = method.create({}).fit(data, { clusters: 3 });
    await expect(fit).rejects.toThrow(/toy: expected the options .*'colour'/);
  });

  test('a report tells what its schema names, when fitted and when loaded', async () => {
    const { schema, of } = definition.report!;
    const method = defineMethod<ToyTypes>({
      ...definition,
      report: { schema, of: async (...given) => ({ ...(await of(...given)), colour: 'red' }) },
    });
    const model = await method.create({}).fit(data, { clusters: 3 });
    expect(model).not.toHaveProperty('colour');
    expect(model.scales).toHaveLength(2);
    model.dispose();
  });
});

test('a model that is disposed of while it predicts still predicts', async () => {
  const model = await createToy().fit(data, { clusters: 3 });
  const [labels, embedding] = await Promise.all([
    model.predict(data),
    model.transform(data),
    Promise.resolve().then(() => model.dispose()),
  ]);
  expect(labels).toEqual(model.labels);
  expect(embedding.rows).toBe(24);
  await expect(model.predict(data)).rejects.toThrow(expect.objectContaining({ code: 'state' }));
});

describe('a recovery goes on with the stages that follow', () => {
  const diverging = (name: string, to: number): Stage<ToyTypes> => ({
    name,
    run({ network, watch }) {
      watch.onProgress?.({ phase: name, step: 1, steps: 2, losses: { total: to } });
      tf.tidy(() => network.scales.assign(tf.tensor1d([to, to])));
      const lastGood = { phase: name, step: 0 };
      throw new DivergedError({ where: name, expected: 'a finite loss', received: 'NaN', lastGood });
    },
  });

  test('from the last good state, and one that diverges too ends in its own', async () => {
    const stages = [
      { insert: diverging('early', 2), before: 'pull' },
      { insert: diverging('late', 5), after: 'pull' },
    ];
    const error: unknown = await createToy({ stages, steps: 2 })
      .fit(data, { clusters: 3 })
      .catch((reason: unknown) => reason);
    if (!isDivergedError<Paired>(error)) throw error;
    expect(error.lastGood).toEqual({ phase: 'early', step: 0 });
    const model = await error.recover!();
    expect(model).toMatchObject({ scales: [5, 5] });
    expect(model.history.map(({ phase, step }) => [phase, step])).toEqual([
      ['pull', 0],
      ['pull', 1],
    ]);
    model.dispose();
  });

  test('steps of an earlier stage with the same name of its phase stay in the history', async () => {
    const stages = [{ insert: diverging('pull', 5), after: 'pull' }];
    const error: unknown = await createToy({ stages, steps: 2 })
      .fit(data, { clusters: 3 })
      .catch((reason: unknown) => reason);
    if (!isDivergedError<Paired>(error)) throw error;
    const model = await error.recover!();
    expect(model.history.map(({ phase, step }) => [phase, step])).toEqual([
      ['pull', 0],
      ['pull', 1],
    ]);
    model.dispose();
  });

  test('any other error of a later stage comes out of it, and nothing is left', async () => {
    const broken: Stage<ToyTypes> = { name: 'broken', run: () => Promise.reject(new Error('no')) };
    const stages = [
      { insert: diverging('early', 2), before: 'pull' },
      { insert: broken, after: 'pull' },
    ];
    const error: unknown = await createToy({ stages })
      .fit(data, { clusters: 3 })
      .catch((reason: unknown) => reason);
    if (!isDivergedError<Paired>(error)) throw error;
    await expect(error.recover!()).rejects.toThrow('no');
  });
});
