import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  denseMatrix,
  images,
  isCrossmodalError,
  paired,
  randomSource,
  selectRows,
  toDense,
  vectors,
  type Paired,
  type ProgressEvent,
} from '@crossmodal/core';
import { gaussianBlobs, removeRows } from '@crossmodal/datasets';
import { tf } from '@crossmodal/tensors';
import { placesLackingRows } from '@crossmodal/testing';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createExact, loadExact, type ExactOptions } from './index.js';

const scratch: string[] = [];
let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'crossmodal-exact-'));
  scratch.push(directory);
});
afterAll(async () => {
  for (const path of scratch) await rm(path, { recursive: true, force: true });
});

function blobs(n: number, clusters: number, seed: number, separation = 12) {
  return gaussianBlobs({
    n,
    clusters,
    modalities: [
      { name: 'first', dimension: 6, separation },
      { name: 'second', dimension: 9, separation },
    ],
    random: randomSource(seed),
  });
}

/** Whether two labellings are the same partition. */
function samePartition(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  const forth = new Map<number, number>();
  const back = new Map<number, number>();
  for (let i = 0; i < a.length; i++) {
    if (forth.has(a[i]!) && forth.get(a[i]!) !== b[i]) return false;
    if (back.has(b[i]!) && back.get(b[i]!) !== a[i]) return false;
    forth.set(a[i]!, b[i]!);
    back.set(b[i]!, a[i]!);
  }
  return true;
}

function agreement(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let equal = 0;
  for (let i = 0; i < a.length; i++) if (a[i] === b[i]) equal++;
  return equal / a.length;
}

describe('fit', () => {
  test.prop([fc.constantFrom('R', 'F2', 'C5'), fc.integer({ min: 2, max: 4 }), fc.nat(1000)], { numRuns: 8 })(
    'separated clusters are found, and no tensor is left behind (graphs, clusters, seed)',
    async (graphs, clusters, seed) => {
      const { data, labels } = blobs(60, clusters, seed, 25);
      const before = tf.memory().numTensors;
      const fitted = await createExact({ graphs }).fit(data, { clusters, seed });
      expect(tf.memory().numTensors).toBe(before);
      // Hardly an edge crosses. The single graph of F2 may fall into more pieces than clusters on so few samples; the mean of four
      // does not.
      const { rowOffsets, columnIndices } = fitted.affinity;
      let crossing = 0;
      for (let i = 0; i < 60; i++) {
        for (const j of columnIndices.subarray(rowOffsets[i], rowOffsets[i + 1]))
          if (labels[i] !== labels[j]) crossing++;
      }
      if (graphs === 'F2') expect(crossing / columnIndices.length).toBeLessThan(0.05);
      if (graphs !== 'F2') expect(samePartition(fitted.labels, labels)).toBe(true);
      expect(fitted.history).toEqual([]);
      expect(fitted.embedding.rows).toBe(60);
      expect(Math.min(...fitted.affinity.values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...fitted.affinity.values)).toBeLessThanOrEqual(1);
    },
  );

  test.prop([fc.constantFrom('R', 'F2', 'C5'), fc.nat(1000)], { numRuns: 8 })(
    'permuting the rows permutes labels and affinity and changes nothing else (graphs, seed)',
    async (graphs, seed) => {
      const { data } = blobs(50, 3, seed, 6);
      const order = randomSource(seed).fork('order').permutation(50);
      const method = createExact({ graphs });
      const fitted = await method.fit(data, { clusters: 3, seed });
      const shuffled = await method.fit(selectRows(data, order), { clusters: 3, seed });
      const a = toDense(fitted.affinity).values;
      const b = toDense(shuffled.affinity).values;
      let worst = 0;
      for (let i = 0; i < 50; i++) {
        for (let j = 0; j < 50; j++)
          worst = Math.max(worst, Math.abs(b[i * 50 + j]! - a[order[i]! * 50 + order[j]!]!));
      }
      // Sums in another order round differently.
      expect(worst).toBeLessThan(1e-3);
      expect(
        samePartition(
          Array.from(order, (i) => fitted.labels[i]!),
          shuffled.labels,
        ),
      ).toBe(true);
    },
  );

  test('images are filtered one by one: permuting them permutes the result, HOG included', async () => {
    const random = randomSource(4);
    const n = 24;
    // Bars across or along, in noise.
    const pixels = Float32Array.from({ length: n * 64 }, (_, p) => {
      const [i, y, x] = [Math.floor(p / 64), Math.floor(p / 8) % 8, p % 8];
      return ((i % 2 === 0 ? x : y) % 4 < 2 ? 1 : 0) + 0.2 * random.uniform();
    });
    const data = paired([images('bars', denseMatrix(pixels, n, 64), { height: 8, width: 8 })]);
    const order = random.permutation(n);
    const method = createExact({ hog: true, extraEigenvectors: 2 });
    const fitted = await method.fit(data, { clusters: 2 });
    const shuffled = await method.fit(selectRows(data, order), { clusters: 2 });
    expect(
      samePartition(
        fitted.labels,
        Array.from({ length: n }, (_, i) => i % 2),
      ),
    ).toBe(true);
    expect(
      samePartition(
        Array.from(order, (i) => fitted.labels[i]!),
        shuffled.labels,
      ),
    ).toBe(true);
    expect(agreement(await fitted.predict(data), fitted.labels)).toBe(1);
  });

  test('the seed decides the run', async () => {
    const { data } = blobs(40, 3, 2, 3);
    const method = createExact({ restarts: 1 });
    const one = await method.fit(data, { clusters: 6, seed: 5 });
    const again = await method.fit(data, { clusters: 6, seed: 5 });
    expect(again.labels).toEqual(one.labels);
    expect(again.embedding).toEqual(one.embedding);
    const others = await Promise.all([6, 7, 8].map((seed) => method.fit(data, { clusters: 6, seed })));
    expect(
      others.some(
        (other) => !samePartition(other.labels, one.labels) || agreement(other.labels, one.labels) < 1,
      ),
    ).toBe(true);
  });

  test('every option is used', async () => {
    const { data } = blobs(60, 3, 3, 4);
    const fit = async (options: ExactOptions) => createExact(options).fit(data, { clusters: 3 });
    const base = await fit({});
    const changes: ExactOptions[] = [
      { graphs: 'F2' },
      { graphs: 'R' },
      { graphs: [{ kernel: 'linear', scope: 'modality', ridge: 2, neighbours: 4 }] },
      { width: 1 },
      { ridgeReference: 10 },
    ];
    for (const change of changes) expect((await fit(change)).affinity).not.toEqual(base.affinity);
    expect((await fit({ extraEigenvectors: 1 })).embedding.columns).toBe(4);
    expect((await fit({ bandwidth: 2 })).embedding).not.toEqual(base.embedding);
    expect((await fit({ restarts: 3 })).options).toMatchObject({
      restarts: 3,
      graphs: 'C5',
      width: 3,
      clusters: 3,
      seed: 0,
    });
    expect((await fit({ graphs: 'F2' })).embedding.columns).toBe(11);
  });

  test('a progress event announces every stage', async () => {
    const events: ProgressEvent[] = [];
    await createExact().fit(blobs(20, 2, 1).data, { clusters: 2, onProgress: (event) => events.push(event) });
    expect([...new Set(events.map((event) => event.phase))]).toEqual(['features', 'affinity', 'assign']);
    for (const { step, steps } of events) expect(step).toBeLessThanOrEqual(steps);
  });

  test('an abort is heard between stages, and leaves no tensor', async () => {
    const { data } = blobs(30, 2, 1);
    const before = tf.memory().numTensors;
    const controller = new AbortController();
    const onProgress = ({ phase, step }: ProgressEvent) => {
      if (phase === 'affinity' && step === 2) controller.abort();
    };
    const error = await createExact()
      .fit(data, { clusters: 2, signal: controller.signal, onProgress })
      .catch((reason: unknown) => reason);
    expect(isCrossmodalError(error, 'aborted')).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('wrong options and data are refused', async () => {
    expect(() => createExact({ width: -1 })).toThrow(/width/);
    expect(() => createExact({ colour: 1 } as ExactOptions)).toThrow(/colour/);
    const { data } = blobs(10, 2, 1);
    await expect(createExact().fit(data, { clusters: 11 })).rejects.toMatchObject({ code: 'option' });
    await expect(createExact({ hog: ['first'] }).fit(data, { clusters: 2 })).rejects.toMatchObject({
      code: 'option',
    });
    await expect(createExact({ hog: true }).fit(data, { clusters: 2 })).rejects.toMatchObject({
      code: 'option',
    });
    await expect(
      createExact().fit({ ...data, kind: 'mixed' } as unknown as Paired, { clusters: 2 }),
    ).rejects.toMatchObject({
      code: 'unsupported',
    });
  });

  test('extremes: one sample, one cluster, as many clusters as samples, samples that coincide, one modality', async () => {
    const one = paired([vectors('only', denseMatrix(Float32Array.of(1, 2), 1, 2))]);
    expect([...(await createExact().fit(one, { clusters: 1 })).labels]).toEqual([0]);
    const { data } = blobs(8, 2, 1);
    expect(new Set((await createExact().fit(data, { clusters: 1 })).labels).size).toBe(1);
    expect((await createExact().fit(data, { clusters: 8 })).labels).toHaveLength(8);
    const same = paired([vectors('same', denseMatrix(new Float32Array(20).fill(3), 10, 2))]);
    expect((await createExact().fit(same, { clusters: 2 })).labels).toHaveLength(10);
  });
});

describe('missing rows', () => {
  test.prop([fc.nat(1000)], { numRuns: 5 })(
    'what stands in an absent row does not matter (seed)',
    async (seed) => {
      const { data } = blobs(40, 3, seed);
      const holes = removeRows(data, { rate: 0.3, random: randomSource(seed) });
      const junk: Paired = {
        ...holes,
        modalities: holes.modalities.map((modality) => ({
          ...modality,
          features: {
            ...modality.features,
            values: modality.features.values.map((value, p) =>
              modality.present![Math.floor(p / modality.features.columns)] === 0 ? 1e3 + p : value,
            ),
          },
        })),
      };
      const fitted = await createExact().fit(holes, { clusters: 3, seed });
      const other = await createExact().fit(junk, { clusters: 3, seed });
      expect(other.affinity).toEqual(fitted.affinity);
      expect(await other.predict(junk)).toEqual(await fitted.predict(holes));
    },
  );

  test.prop([fc.nat(1000)], { numRuns: 5 })(
    'separated clusters survive missing rows (seed)',
    async (seed) => {
      const { data, labels } = blobs(90, 3, seed, 25);
      const holes = removeRows(data, { rate: 0.2, random: randomSource(seed) });
      const fitted = await createExact().fit(holes, { clusters: 3, seed });
      // Clusters in majority terms: a sample that has one modality only sees half of its neighbours.
      const best = [0, 1, 2].map((label) => {
        const counts = [0, 0, 0];
        labels.forEach((truth, i) => (fitted.labels[i] === label ? counts[truth]!++ : 0));
        return Math.max(...counts);
      });
      expect(best.reduce((sum, count) => sum + count, 0) / 90).toBeGreaterThan(0.9);
    },
  );

  test.each(['R', 'F2', 'C5'] as const)(
    'with %s, rows that lack one of three modalities are placed as well as the others allow',
    async (graphs) => {
      const modalities = [16, 30, 24].map((dimension) => ({ dimension, separation: 8 }));
      const { data, labels } = gaussianBlobs({ n: 240, clusters: 4, modalities, random: randomSource(2) });
      const set = { name: 'blobs', data, truth: labels, clusters: 4, rates: [0.05, 0.5, 0.2] };
      await placesLackingRows(() => createExact({ graphs }), set);
    },
  );

  test.each(['R', 'F2', 'C5'] as const)(
    'with %s, rows that share no modality are clustered all the same',
    async (graphs) => {
      const { data, labels } = blobs(80, 2, 3, 25);
      const half = paired(
        data.modalities.map((modality, v) =>
          vectors(
            modality.name,
            modality.features,
            Uint8Array.from({ length: 80 }, (_, i) => (i % 2 === v ? 1 : 0)),
          ),
        ),
      );
      const fitted = await createExact({ graphs }).fit(half, { clusters: 4 });
      // No row connects the halves: four clusters, two of each.
      const expected = Int32Array.from(labels, (label, i) => 2 * label + (i % 2));
      expect(samePartition(fitted.labels, expected)).toBe(true);
      expect(agreement(await fitted.predict(half), fitted.labels)).toBeGreaterThan(0.95);
    },
  );

  test('flags that are all 1 change nothing', async () => {
    const { data } = blobs(30, 2, 1);
    const flagged = paired(
      data.modalities.map((modality) => ({ ...modality, present: new Uint8Array(30).fill(1) })),
    );
    const plain = await createExact().fit(data, { clusters: 2 });
    expect((await createExact().fit(flagged, { clusters: 2 })).affinity).toEqual(plain.affinity);
  });
});

describe('predict', () => {
  test.prop([fc.nat(1000)], { numRuns: 5 })(
    'new samples of separated clusters get the labels of their clusters, in any order (seed)',
    async (seed) => {
      const { data, labels } = blobs(90, 3, seed, 25);
      const known = Array.from({ length: 60 }, (_, i) => i);
      const fresh = Array.from({ length: 30 }, (_, i) => 60 + i);
      const fitted = await createExact().fit(selectRows(data, known), { clusters: 3, seed });
      const before = tf.memory().numTensors;
      const predicted = await fitted.predict(selectRows(data, fresh));
      expect(tf.memory().numTensors).toBe(before);
      expect(samePartition([...fitted.labels, ...predicted], labels)).toBe(true);
      const backwards = fresh.toReversed();
      expect(await fitted.predict(selectRows(data, backwards))).toEqual(predicted.toReversed());
      // One at a time: new samples do not see each other.
      expect((await fitted.predict(selectRows(data, [70])))[0]).toBe(predicted[10]);
      expect(await fitted.predict(selectRows(data, []))).toHaveLength(0);
    },
  );

  test('modalities may come in another order, and must be those of the fit', async () => {
    const { data } = blobs(30, 2, 1);
    const fitted = await createExact().fit(data, { clusters: 2 });
    const [first, second] = data.modalities;
    expect(await fitted.predict(paired([second!, first!]))).toEqual(await fitted.predict(data));
    await expect(fitted.predict(paired([first!]))).rejects.toMatchObject({ code: 'shape' });
    await expect(fitted.predict(paired([first!, { ...first!, name: 'second' }]))).rejects.toThrow(
      /'second' \[n, 9\], as in the fit, got .*'second' \[n, 6\]/,
    );
  });
});

describe('images of new samples', () => {
  const random = randomSource(3);
  const pixels = Float32Array.from({ length: 30 * 64 }, () => random.uniform());
  const features = denseMatrix(pixels, 30, 64);
  const of = (height: number, width: number) => paired([images('a', features, { height, width })]);

  test.each([{ hog: true }, { hog: false }, { hog: ['a'] }])(
    'are of the size of the fit, from a file too, with %j',
    async (options) => {
      const fitted = await createExact({ ...options, graphs: 'F2' }).fit(of(4, 16), { clusters: 3 });
      const path = join(directory, `images ${String(options.hog)}`);
      await fitted.save(path);
      for (const model of [fitted, await loadExact(path)]) {
        expect(await model.predict(of(4, 16))).toHaveLength(30);
        await expect(model.predict(of(16, 4))).rejects.toMatchObject({
          code: 'shape',
          expected: "the modalities 'a' [n, 4, 16, 1], as in the fit",
          received: "'a' [n, 16, 4, 1]",
        });
        await expect(model.predict(paired([vectors('a', features)]))).rejects.toMatchObject({
          code: 'shape',
          received: "'a' [n, 64]",
        });
      }
    },
  );

  test('vectors do not become images', async () => {
    const fitted = await createExact().fit(paired([vectors('a', features)]), { clusters: 3 });
    await expect(fitted.predict(of(8, 8))).rejects.toMatchObject({ code: 'shape' });
  });

  test('a modality with the name of the histograms is refused by the fit', async () => {
    const clash = paired([...of(8, 8).modalities, vectors('a-hog', features)]);
    await expect(createExact({ hog: true }).fit(clash, { clusters: 3 })).rejects.toMatchObject({
      code: 'value',
      received: "'a-hog'",
    });
    const fitted = await createExact().fit(clash, { clusters: 3 });
    expect(await fitted.predict(clash)).toHaveLength(30);
  });

  test('gain histograms by themselves, unless they have some or edges', async () => {
    const fit = async (data: Paired, hog?: false | string[]) =>
      createExact(hog === undefined ? {} : { hog }).fit(data, { clusters: 3 });
    const plain = of(8, 8);
    const fitted = await fit(plain);
    expect(fitted.options['hog']).toEqual(['a']);
    expect(fitted.affinity).toEqual((await fit(plain, ['a'])).affinity);
    const path = join(directory, 'images auto');
    await fitted.save(path);
    const loaded = await loadExact(path);
    expect(loaded.options).toEqual(fitted.options);
    expect(await loaded.predict(plain)).toEqual(await fitted.predict(plain));
    expect(agreement(await fitted.predict(plain), fitted.labels)).toBe(1);
    for (const companion of [images('edges', features, { height: 8, width: 8 }), vectors('hog', features)]) {
      const both = paired([...plain.modalities, companion]);
      const own = await fit(both);
      expect(own.options['hog']).toEqual([]);
      expect(own.affinity).toEqual((await fit(both, false)).affinity);
    }
  });

  test('an empty list of histograms adds none', async () => {
    const fit = async (hog: boolean | string[]) => createExact({ hog }).fit(of(8, 8), { clusters: 3 });
    expect((await fit([])).affinity).toEqual((await fit(false)).affinity);
    expect((await fit(['a'])).affinity).not.toEqual((await fit(false)).affinity);
  });
});

test('features that are not finite any more, and modalities that are absent everywhere, are refused', async () => {
  const { data } = blobs(20, 2, 1);
  const fitted = await createExact().fit(data, { clusters: 2 });
  const gone = paired([
    data.modalities[0]!,
    vectors('gone', denseMatrix(new Float32Array(20), 20, 1), new Uint8Array(20)),
  ]);
  await expect(createExact().fit(gone, { clusters: 2 })).rejects.toThrow(/'gone' absent everywhere/);
  data.modalities[1]!.features.values[5] = Number.NaN;
  await expect(createExact().fit(data, { clusters: 2 })).rejects.toMatchObject({ code: 'value' });
  await expect(fitted.predict(data)).rejects.toMatchObject({ code: 'value' });
});

describe('save and load', () => {
  test('a loaded model is the same and predicts the same, with missing rows and recipes of its own', async () => {
    const { data } = blobs(40, 3, 9, 5);
    const holes = removeRows(data, { rate: 0.2, random: randomSource(1) });
    const options = { graphs: [{ kernel: 'gaussian', scope: 'modality', ridge: 4, neighbours: 6 }] } as const;
    const fitted = await createExact(options).fit(holes, { clusters: 3, seed: 11 });
    const path = join(directory, 'model');
    await fitted.save(path);
    await fitted.save(path);
    expect((await readdir(path)).toSorted()).toEqual(['arrays.npz', 'crossmodal-files.json', 'model.json']);
    const loaded = await loadExact(path);
    expect(loaded.labels).toEqual(fitted.labels);
    expect(loaded.embedding).toEqual(fitted.embedding);
    expect(loaded.affinity).toEqual(fitted.affinity);
    expect(loaded.options).toEqual(fitted.options);
    expect(loaded.seconds).toEqual(fitted.seconds);
    expect(await loaded.predict(holes)).toEqual(await fitted.predict(holes));
  });

  test('a disposed model keeps its labels and refuses the rest', async () => {
    const { data } = blobs(20, 2, 1);
    const fitted = await createExact().fit(data, { clusters: 2 });
    fitted.dispose();
    fitted.dispose();
    expect(fitted.labels).toHaveLength(20);
    await expect(fitted.predict(data)).rejects.toMatchObject({ code: 'state' });
    await expect(fitted.save(join(directory, 'never'))).rejects.toMatchObject({ code: 'state' });
  });

  test('nothing, nonsense and other models are refused', async () => {
    await expect(loadExact(join(directory, 'absent'))).rejects.toMatchObject({ code: 'not-found' });
    const fitted = await createExact().fit(blobs(20, 2, 1).data, { clusters: 2 });
    const path = join(directory, 'broken');
    await fitted.save(path);
    const good = await readFile(join(path, 'model.json'), 'utf8');
    for (const text of [
      '{',
      '{}',
      good.replace('crossmodal-exact', 'other'),
      good.replace('"version": 3', '"version": 4'),
      good.replace('"sqc"', '"abc"'),
      good.replace('"width": 3', '"width": -3'),
      good.replace('"clusters": 2', '"clusters": 1'),
    ]) {
      await writeFile(join(path, 'model.json'), text);
      const error = await loadExact(path).catch((reason: unknown) => reason);
      expect(isCrossmodalError(error), text.slice(0, 40)).toBe(true);
    }
    await writeFile(join(path, 'model.json'), good);
    await writeFile(join(path, 'arrays.npz'), 'nothing');
    expect(isCrossmodalError(await loadExact(path).catch((reason: unknown) => reason))).toBe(true);
  });
});
