import { denseMatrix, paired, randomSource, selectRows, vectors, type Paired } from '@crossmodal/core';
import { blobsAround, gaussianBlobs, removeRows } from '@crossmodal/datasets';
import { accuracy } from '@crossmodal/metrics';
import { GRAPHS_C5, GRAPHS_N5 } from '@crossmodal/self-expressive';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { createExact, loadExact } from '../src/index.js';

const CENTRES = [
  [0, 0],
  [8, 8],
  [16, 16],
];
const blobs = (n: number, seed: number) => blobsAround({ n, centres: CENTRES, random: randomSource(seed) });

/** The data, and further modalities of the same objects. */
const beside = (data: Paired, ...further: Paired['modalities']) =>
  paired([...data.modalities, ...further.map((modality, v) => ({ ...modality, name: `further ${v}` }))]);

describe('vectors of four features or fewer', () => {
  test.prop([fc.constantFrom('C5', 'R', 'F2'), fc.nat(1000)], { numRuns: 6 })(
    'are told apart on one line through the origin, whatever their units, before and after a save (graphs, seed)',
    async (graphs, seed) => {
      const { data, labels } = blobs(90, seed);
      const { values } = data.modalities[0]!.features;
      const scaled = values.map((x, p) => (p % 2 === 0 ? 1000 * x - 5 : x));
      const fitted = await createExact({ graphs }).fit(
        paired([vectors('blobs', denseMatrix(scaled, 90, 2))]),
        { clusters: 3, seed },
      );
      expect(accuracy(labels, fitted.labels)).toBe(1);
      const fresh = blobs(60, seed + 1);
      const rows = fresh.data.modalities[0]!.features.values.map((x, p) => (p % 2 === 0 ? 1000 * x - 5 : x));
      const given = paired([vectors('blobs', denseMatrix(rows, 60, 2))]);
      const predicted = await fitted.predict(given);
      expect(accuracy(fresh.labels, predicted)).toBe(1);
      const loaded = await loadExact(await fitted.toBytes());
      expect(await loaded.predict(given)).toEqual(predicted);
    },
  );

  test('alone have neighbour graphs, unless recipes are given; beside others, the usual ones', async () => {
    const { data, labels } = blobs(60, 1);
    const recipesOf = async (given: Paired) =>
      (await createExact({ graphs: 'C5' }).fit(given, { clusters: 3 })).support!.map(({ recipe }) => recipe);
    expect(await recipesOf(data)).toEqual(GRAPHS_N5);
    expect(await recipesOf(beside(data, data.modalities[0]!))).toEqual(GRAPHS_N5);
    const random = randomSource(2);
    const wide = Float32Array.from(
      { length: 60 * 5 },
      (_, p) => 6 * labels[Math.floor(p / 5)]! + random.normal(),
    );
    expect(await recipesOf(beside(data, vectors('wide', denseMatrix(wide, 60, 5))))).toEqual(GRAPHS_C5);
    const named = await createExact({ graphs: 'R' }).fit(data, { clusters: 3 });
    const own = await createExact({ graphs: GRAPHS_C5 }).fit(data, { clusters: 3 });
    const same = await createExact({ graphs: GRAPHS_N5 }).fit(data, { clusters: 3 });
    expect(same.affinity).toEqual(named.affinity);
    expect(own.affinity).not.toEqual(named.affinity);
  });

  test.prop([fc.constantFrom('C5', 'R'), fc.boolean(), fc.nat(1000)], { numRuns: 6 })(
    'are clustered where rows are absent, alone and beside many features, in any order (graphs, beside, seed)',
    async (graphs, many, seed) => {
      const { data, labels } = blobs(120, seed);
      const random = randomSource(seed);
      const dimension = many ? 20 : 3;
      const centres = gaussianBlobs({
        n: 3,
        clusters: 3,
        modalities: [{ dimension, separation: 20 }],
        random,
      });
      const features = centres.data.modalities[0]!.features;
      const other = Float32Array.from(
        { length: 120 * dimension },
        (_, p) =>
          features.values[labels[Math.floor(p / dimension)]! * dimension + (p % dimension)]! +
          random.normal(),
      );
      const whole = beside(data, vectors('other', denseMatrix(other, 120, dimension)));
      const holes = removeRows(whole, { rate: 0.2, random });
      const fitted = await createExact({ graphs }).fit(holes, { clusters: 3, seed });
      expect(accuracy(labels, fitted.labels)).toBeGreaterThan(0.95);
      expect(accuracy(fitted.labels, await fitted.predict(holes))).toBeGreaterThan(0.95);
      const order = random.permutation(120);
      const shuffled = await createExact({ graphs }).fit(selectRows(holes, order), { clusters: 3, seed });
      expect([...shuffled.labels]).toEqual(Array.from(order, (row) => fitted.labels[row]));
    },
  );
});
