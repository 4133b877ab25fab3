import { denseMatrix, randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { commonNeighbourWeights } from './common-neighbour-weights.js';
import { equalWeights } from './equal-weights.js';
import { modalityPairs } from './modality-pairs.js';
import { nearestNeighbours } from './nearest-neighbours.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const seeds = fc.nat(999);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Rows in random directions, of unit length. */
function directions(n: number, d: number, seed: number) {
  const random = randomSource(seed);
  const rows = Array.from({ length: n }, () => Array.from({ length: d }, () => random.normal()));
  return denseMatrix(Float32Array.from(rows.flatMap((row) => row.map((x) => x / Math.hypot(...row)))), n, d);
}

/** Neighbours of n points around three centres, which are others in each modality. */
async function blobNeighbours(
  n: number,
  present: readonly (Uint8Array | undefined)[],
  neighbours: number,
  seed: number,
) {
  const random = randomSource(seed);
  const lists = [];
  for (const flags of present) {
    const centres = Array.from({ length: 3 * 8 }, () => 1.5 * random.normal());
    const values = Float32Array.from(
      { length: n * 8 },
      (_, p) => centres[(Math.floor(p / 8) % 3) * 8 + (p % 8)]! + random.normal(),
    );
    lists.push(await nearestNeighbours(denseMatrix(values, n, 8), { neighbours, present: flags }));
  }
  return lists;
}

describe('commonNeighbourWeights', () => {
  test.prop([seeds], { numRuns: 10 })('noise has no weight, and weights are shares (seed)', async (seed) => {
    const n = 80;
    const base = directions(n, 4, seed);
    const lists = [];
    for (const features of [base, directions(n, 4, seed + 1000), base])
      lists.push(await nearestNeighbours(features, { neighbours: 8 }));
    // Chance alone is within a twentieth of equality.
    expect(commonNeighbourWeights(lists)).toEqual({ pairs: [0, 1, 0], modalities: [0.5, 0, 0.5] });
  });

  test.prop([seeds, fc.integer({ min: 1, max: 4 })], { numRuns: 20 })(
    'weights sum to 1, follow the modalities in another order, and are halves of their pairs (seed, modalities)',
    (seed, modalities) => {
      const random = randomSource(seed);
      const [n, count] = [12, 3];
      const lists = Array.from({ length: modalities }, () => {
        const indices = Array.from({ length: n }, (_, i) =>
          Array.from(random.permutation(n))
            .filter((j) => j !== i)
            .slice(0, count),
        ).flat();
        return { count, indices: Int32Array.from(indices) };
      });
      const { pairs, modalities: weights } = commonNeighbourWeights(lists);
      expect(sum(weights)).toBeCloseTo(1, 12);
      if (modalities > 1) {
        expect(sum(pairs)).toBeCloseTo(1, 12);
        const halves = lists.map((_, v) =>
          sum(modalityPairs(modalities).map((pair, p) => (pair.includes(v) ? pairs[p]! / 2 : 0))),
        );
        // Where no pair does better than chance, all weigh the same, and so do halves of pairs.
        halves.forEach((half, v) => expect(half).toBeCloseTo(weights[v]!, 12));
      }
      const back = commonNeighbourWeights([...lists].reverse()).modalities;
      [...back].reverse().forEach((weight, v) => expect(weight).toBeCloseTo(weights[v]!, 12));
    },
  );

  test('objects that one modality lacks do not count against it', () => {
    // Rows 0 to 3 are in both modalities and have the same neighbours; 4 and 5 are in the first alone.
    const all = { count: 1, indices: Int32Array.of(1, 0, 3, 2, 5, 4) };
    const some = { count: 1, indices: Int32Array.of(1, 0, 3, 2, -1, -1) };
    const noise = { count: 1, indices: Int32Array.of(2, 3, 4, 5, 0, 1) };
    expect(commonNeighbourWeights([all, some, noise]).modalities).toEqual([0.5, 0.5, 0]);
  });

  test.each([0.1, 0.3])(
    'absent rows move weights no more than chance does; a modality that few objects have stays (rate %d, mean of seeds 0-7)',
    async (rate) => {
      const [n, seeds] = [150, 8];
      const means = [0, 0, 0];
      for (let seed = 0; seed < seeds; seed++) {
        const random = randomSource(seed + 50);
        // One in eight has the third: nineteen objects, whose neighbours in common move a lot with the draw.
        const flags = [0, 1, 2].map((v) =>
          Uint8Array.from({ length: n }, (_, i) => Number(v === 2 ? i % 8 === 0 : random.uniform() > rate)),
        );
        const weights = commonNeighbourWeights(await blobNeighbours(n, flags, 12, seed));
        weights.pairs.forEach((weight, p) => (means[p] = means[p]! + weight / seeds));
        expect(sum(weights.modalities)).toBeCloseTo(1, 9);
      }
      for (const mean of means) expect(mean).toBeGreaterThan(0.15);
    },
  );

  test('a modality that one object in ten has is weighed by these (mean of seeds 0-7)', async () => {
    const [n, seeds] = [300, 8];
    let rareWeight = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const random = randomSource(seed + 100);
      const rare = Uint8Array.from({ length: n }, () => (random.uniform() < 0.1 ? 1 : 0));
      const lists = await blobNeighbours(n, [undefined, undefined, rare], 20, seed);
      rareWeight += commonNeighbourWeights(lists).modalities[2]! / seeds;
    }
    // All three tell the clusters alike: a third, were there no chance in it.
    expect(Math.abs(rareWeight - 1 / 3)).toBeLessThan(0.1);
  });

  test('where no pair does better than chance, all weigh the same', () => {
    const list = (rows: number[]) => ({ count: 1, indices: Int32Array.from(rows) });
    expect(commonNeighbourWeights([list([1, 0, 0, 0]), list([2, 3, 3, 2])])).toEqual(equalWeights(2));
    const none = { count: 0, indices: new Int32Array(0) };
    expect(commonNeighbourWeights([none, none, none])).toEqual(equalWeights(3));
  });

  test('lists of different objects are refused', () => {
    const lists = [1, 2].map((n) => ({ count: 1, indices: new Int32Array(n) }));
    expect(() => commonNeighbourWeights(lists)).toThrow(expect.objectContaining({ code: 'shape' }));
  });
});

test('pairs and equal weights', () => {
  expect(modalityPairs(3)).toEqual([
    [0, 1],
    [0, 2],
    [1, 2],
  ]);
  expect(equalWeights(4)).toEqual({ pairs: new Array(6).fill(1 / 6), modalities: new Array(4).fill(0.25) });
  expect(equalWeights(1)).toEqual({ pairs: [], modalities: [1] });
});
