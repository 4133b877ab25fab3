import {
  randomSource,
  type Clusterer,
  type FittedClusterer,
  type Mixed,
  type Paired,
} from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { describe, expect, test } from 'vitest';
import { clustererContract, mixedClustererContract, registerContract } from '../src/index.js';
import { farthestFirst, loadFarthestFirst } from './farthest-first.js';
import { loadNormOrdered, normOrdered } from './norm-ordered.js';

describe('a clusterer that keeps the contract passes', () => {
  registerContract(test, clustererContract(farthestFirst, { load: loadFarthestFirst, seed: 3 }));
});

type Fit = Clusterer<Paired>['fit'];
type Change = (fit: FittedClusterer<Paired>, data: Paired) => Partial<FittedClusterer<Paired>>;

const changing =
  (change: Change): Fit =>
  async (data, options) => {
    const fit = await farthestFirst().fit(data, options);
    return { ...fit, ...change(fit, data) };
  };

let draws = 0;

const broken: Readonly<Record<string, Fit>> = {
  'labels out of range': changing((fit) => ({ labels: fit.labels.map((label) => label + 1) })),
  'labels by row number': changing((fit) => ({
    labels: fit.labels.map((label, i) => (i % 2 === 0 ? label : 0)),
  })),
  'labels that no seed decides': changing((fit) => {
    const names = randomSource(draws++).permutation(3);
    return { labels: fit.labels.map((label) => names[label] ?? 0) };
  }),
  'too few labels': changing((fit) => ({ labels: fit.labels.slice(1) })),
  'a leaked tensor': changing(() => {
    tf.ones([1]);
    return {};
  }),
  'a changed input': changing((_fit, data) => {
    data.modalities[0]!.features.values[0]! += 1;
    return {};
  }),
  'predictions of something else': changing(() => ({ predict: async (data) => new Int32Array(data.n) })),
  'a deaf ear to aborts': (data, options) =>
    farthestFirst().fit(data, { clusters: options.clusters, seed: options.seed ?? 0 }),
  'a start that depends on the order of the rows': farthestFirst((rows) => rows).fit,
  'an eye for columns alone': (data, options) => farthestFirst().fit({ ...data, kind: 'paired' }, options),
  'untyped errors': async (data, options) => {
    try {
      return await farthestFirst().fit(data, options);
    } catch (error) {
      throw new Error('something', { cause: error });
    }
  },
  'a save that forgets': changing(() => ({
    save: async (directory) => {
      const other = await farthestFirst().fit({ kind: 'paired', n: 1, modalities: [] }, { clusters: 1 });
      await other.save(directory);
    },
  })),
};

test.each(Object.entries(broken))('a clusterer with %s fails', async (_name, fit) => {
  const cases = clustererContract(() => ({ method: 'farthest-first', fit }), { load: loadFarthestFirst });
  const failures: string[] = [];
  for (const { name, run } of cases) await run().catch(() => failures.push(name));
  expect(failures).not.toEqual([]);
});

describe('a clusterer of mixed data that keeps the contract passes', () => {
  registerContract(test, mixedClustererContract(normOrdered, { load: loadNormOrdered, seed: 3 }));
});

test.each<[string, (fit: FittedClusterer<Mixed>, data: Mixed) => Partial<FittedClusterer<Mixed>>]>([
  [
    'clusters that are not matched across modalities',
    (fit, data) => ({
      labels: fit.labels.map((label, i) =>
        i < data.modalities[0]!.features.rows ? label : ([2, 0, 1][label] ?? 0),
      ),
    }),
  ],
  ['predictions by row number', () => ({ predict: async (data) => new Int32Array(data.n) })],
  [
    'a leaked tensor',
    () => {
      tf.ones([1]);
      return {};
    },
  ],
])('a clusterer of mixed data with %s fails', async (_name, change) => {
  const make = (): Clusterer<Mixed> => ({
    method: 'norm-ordered',
    async fit(data, options) {
      const fit = await normOrdered().fit(data, options);
      return { ...fit, ...change(fit, data) };
    },
  });
  const failures: string[] = [];
  for (const { name, run } of mixedClustererContract(make)) await run().catch(() => failures.push(name));
  expect(failures).not.toEqual([]);
});
