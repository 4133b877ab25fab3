import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  randomSource,
  type Clusterer,
  type FitOptions,
  type FittedClusterer,
  type Mixed,
  type Paired,
  type RandomSource,
} from '@crossmodal/core';
import { samePartition } from '../matchers/same-partition.js';
import { spoiled, tangled, withEqualObjects } from '../samples/hard-data.js';
import { permuteRows } from '../samples/permute-rows.js';
import { separatedClusters } from '../samples/separated-clusters.js';
import { separatedMixture } from '../samples/separated-mixture.js';
import type { ContractCase } from './contract-case.js';
import { keepsTensors } from './keeps-tensors.js';
import { placesLackingRows, type PlantedData } from './places-lacking-rows.js';
import { throwsTyped } from './throws-typed.js';

/** What {@link clustererContract} and {@link mixedClustererContract} both take. */
export interface ClustererContractOptions<Data extends Paired | Mixed = Paired> {
  /** Reads back what `save` wrote; without it, saving is not checked. */
  readonly load?: (directory: string) => Promise<FittedClusterer<Data>>;
  /** Seed of the data and of the fits. @defaultValue 0 */
  readonly seed?: number;
}

/** What {@link clustererContract} takes. */
export interface PairedContractOptions extends ClustererContractOptions {
  /** Data on which rows that lack a modality are checked; without any, they are not. */
  readonly planted?: readonly PlantedData[];
}

/**
 * What every clusterer of paired data promises: labels in range and a partition of clear clusters found, the same seed gives the
 * same labels, permuted rows give permuted labels to the last one, nothing leaks, the input stays as it is, an abort stops it, a saved model
 * comes back, bad input ends in a typed error, and rows that lack a modality are placed as well as the remaining ones allow
 * ({@link placesLackingRows}).
 *
 * @param make - makes the clusterer, with options that make a fit of 45 samples fast
 */
export function clustererContract(
  make: () => Clusterer<Paired>,
  options: PairedContractOptions = {},
): readonly ContractCase[] {
  const { seed = 0, planted = [] } = options;
  const clusters = 3;
  const sample = {
    ...separatedClusters(randomSource(seed), { clusters }),
    clusters,
    shuffled: (random: RandomSource, { n }: Paired) => random.permutation(n),
    alike: ({ n }: Paired) => new Int32Array(n),
  };
  const lacking = planted.map((set): ContractCase => ({
    name: `rows that lack a modality are placed as well as the remaining modality allows, in fit and in predict: ${set.name} (seed ${seed})`,
    run: () => placesLackingRows(make, set, { seed }),
  }));
  return [...casesOf(make, sample, options), ...lacking];
}

/**
 * What every clusterer of mixed data promises: the same as {@link clustererContract}, where a cluster has objects in every modality, and
 * rows are permuted inside their modality.
 *
 * @param make - makes the clusterer, with options that make a fit of 100 samples fast
 */
export function mixedClustererContract(
  make: () => Clusterer<Mixed>,
  options: ClustererContractOptions<Mixed> = {},
): readonly ContractCase[] {
  const { seed = 0 } = options;
  const startsOf = ({ modalities }: Mixed) => {
    let start = 0;
    return modalities.map(({ features: { rows } }) => {
      start += rows;
      return { start: start - rows, rows };
    });
  };
  const sample = {
    ...separatedMixture(randomSource(seed)),
    clusters: 3,
    shuffled: (random: RandomSource, data: Mixed) =>
      startsOf(data).flatMap(({ start, rows }) => Array.from(random.permutation(rows), (row) => start + row)),
    alike: (data: Mixed) => startsOf(data).flatMap(({ start, rows }) => new Array<number>(rows).fill(start)),
  };
  return casesOf(make, sample, options);
}

/** Data with clear clusters, and ways to rearrange its rows. */
interface ContractSample<Data extends Paired | Mixed> {
  readonly data: Data;
  readonly truth: Int32Array;
  readonly clusters: number;
  /** The rows in random order. */
  readonly shuffled: (random: RandomSource, data: Data) => ArrayLike<number>;
  /** As many rows, all the same where they can be. */
  readonly alike: (data: Data) => ArrayLike<number>;
}

function casesOf<Data extends Paired | Mixed>(
  make: () => Clusterer<Data>,
  { data, truth, clusters, shuffled, alike: alikeRows }: ContractSample<Data>,
  options: ClustererContractOptions<Data>,
): readonly ContractCase[] {
  const { load, seed = 0 } = options;

  async function fitted<T>(
    on: Data,
    use: (fit: FittedClusterer<Data>) => T | Promise<T>,
    more: Partial<FitOptions> = {},
  ): Promise<T> {
    const fit = await make().fit(on, { clusters, seed, ...more });
    try {
      return await use(fit);
    } finally {
      fit.dispose();
    }
  }

  const cases: readonly (readonly [string, () => unknown])[] = [
    [
      'clear clusters are found; labels, embedding and affinity have their shapes',
      () =>
        fitted(data, (fit) => {
          checkLabels(fit.labels, data.n, clusters);
          assert.ok(
            samePartition(fit.labels, truth),
            `expected the partition of the data, got ${fit.labels.join(' ')}`,
          );
          assert.equal(fit.embedding.rows, data.n);
          if (fit.affinity) assert.deepEqual([fit.affinity.rows, fit.affinity.columns], [data.n, data.n]);
          assert.equal(fit.method, make().method);
        }),
    ],
    [
      'the same seed gives the same labels',
      async () => {
        const once = await fitted(data, ({ labels }) => labels);
        assert.deepEqual(await fitted(data, ({ labels }) => labels), once);
      },
    ],
    [
      'another seed gives labels in range',
      () => fitted(data, ({ labels }) => checkLabels(labels, data.n, clusters), { seed: seed + 1 }),
    ],
    [
      'permuted rows give permuted labels and nothing else, without clusters and with equal objects too',
      async () => {
        const random = randomSource(seed).fork('rows');
        const hard = withEqualObjects(tangled(data, random.fork('values')));
        const order = shuffled(random, data);
        const labels = await fitted(hard, (fit) => fit.labels);
        const expected = Int32Array.from(order, (row) => labels[row]!);
        await fitted(permuteRows(hard, order), (fit) => assert.deepEqual(fit.labels, expected));
      },
    ],
    [
      'no tensor is left, and the input is as it was',
      async () => {
        const before = data.modalities.map(({ features }) => features.values.slice());
        await keepsTensors(() => fitted(data, (fit) => fit.predict(data)));
        assert.deepEqual(
          data.modalities.map(({ features }) => features.values),
          before,
        );
      },
    ],
    [
      'training rows are predicted in their own clusters',
      () =>
        fitted(data, async (fit) => {
          const predicted = await fit.predict(data);
          checkLabels(predicted, data.n, clusters);
          assert.deepEqual(predicted, fit.labels);
        }),
    ],
    [
      'one new row is predicted in the cluster it lies in',
      () =>
        fitted(data, async (fit) => {
          const middle = Math.floor(data.n / 2);
          const predicted = await fit.predict(permuteRows(data, [middle]));
          assert.deepEqual([...predicted], [fit.labels[middle]]);
        }),
    ],
    [
      'one cluster is all zeros',
      () => fitted(data, ({ labels }) => assert.ok(labels.every((label) => label === 0)), { clusters: 1 }),
    ],
    [
      'an abort before or during the fit stops it, and no tensor is left',
      () =>
        keepsTensors(async () => {
          await throwsTyped(() => fitted(data, () => {}, { signal: AbortSignal.abort() }), ['aborted']);
          const controller = new AbortController();
          let reported = false;
          const onProgress = () => {
            reported = true;
            controller.abort();
          };
          const late = () => fitted(data, () => reported, { signal: controller.signal, onProgress });
          await throwsTyped(late, ['aborted']);
        }),
    ],
    [
      'a number of clusters that cannot be is refused',
      async () => {
        for (const wrong of [0, -1, 1.5, Number.NaN, data.n + 1]) {
          await throwsTyped(() => fitted(data, () => {}, { clusters: wrong }), ['option']);
        }
      },
    ],
    [
      'a seed that cannot be is refused',
      () => throwsTyped(() => fitted(data, () => {}, { seed: -1 }), ['option']),
    ],
    [
      'rows all alike give labels in range or a typed error',
      async () => {
        const alike = permuteRows(data, alikeRows(data));
        try {
          await fitted(alike, ({ labels }) => checkLabels(labels, data.n, clusters));
        } catch (error) {
          await throwsTyped(() => {
            throw error;
          });
        }
      },
    ],
    ['values that are not finite are refused', () => throwsTyped(() => fitted(spoiled(data), () => {}))],
    [
      'other modalities than it was fitted on are refused by predict',
      () =>
        fitted(data, async (fit) => {
          const [first, second] = data.modalities;
          await throwsTyped(() => fit.predict({ ...data, modalities: [first!] }));
          const exchanged = [
            { ...first!, features: second!.features },
            { ...second!, features: first!.features },
          ] as const;
          await throwsTyped(() => fit.predict({ ...data, modalities: exchanged }));
        }),
    ],
    [
      'data of the other kind are refused by fit and predict',
      async () => {
        const kind = data.kind === 'paired' ? 'mixed' : 'paired';
        const other = { ...data, kind } as unknown as Data;
        await throwsTyped(() => fitted(other, () => {}), ['unsupported']);
        await fitted(data, (fit) => throwsTyped(() => fit.predict(other), ['unsupported']));
      },
    ],
    ['disposing twice is harmless', () => fitted(data, (fit) => fit.dispose())],
  ];
  const saving: readonly (readonly [string, () => unknown])[] = load
    ? [['a saved model comes back the same', () => fitted(data, (fit) => checkSaved(fit, load, data))]]
    : [];
  return [...cases, ...saving].map(([name, check]) => ({
    name: `${name} (seed ${seed})`,
    run: async () => {
      await check();
    },
  }));
}

async function checkSaved<Data extends Paired | Mixed>(
  fit: FittedClusterer<Data>,
  load: (directory: string) => Promise<FittedClusterer<Data>>,
  data: Data,
): Promise<void> {
  const parent = await mkdtemp(join(tmpdir(), 'crossmodal-contract-'));
  try {
    await fit.save(join(parent, 'model'));
    const loaded = await load(join(parent, 'model'));
    try {
      assert.equal(loaded.method, fit.method);
      assert.deepEqual(loaded.labels, fit.labels);
      assert.deepEqual(loaded.options, fit.options);
      assert.deepEqual(await loaded.predict(data), await fit.predict(data));
    } finally {
      loaded.dispose();
    }
    await throwsTyped(() => load(join(parent, 'nothing')));
  } finally {
    await rm(parent, { recursive: true });
  }
}

function checkLabels(labels: Int32Array, n: number, clusters: number): void {
  assert.ok(labels instanceof Int32Array, 'labels are an Int32Array');
  assert.equal(labels.length, n, 'one label an object');
  const outside = labels.find((label) => label < 0 || label >= clusters);
  assert.equal(outside, undefined, `labels are in 0..${clusters - 1}`);
}
