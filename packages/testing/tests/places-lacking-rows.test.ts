import { denseMatrix, randomSource, type Clusterer, type Paired } from '@crossmodal/core';
import { describe, expect, test } from 'vitest';
import {
  bestNaming,
  nearestMeans,
  permuteRows,
  placesLackingRows,
  separatedClusters,
  type PlantedData,
} from '../src/index.js';
import { farthestFirst } from './farthest-first.js';

const clusters = 3;
const random = randomSource(5);

function planted(noise: number): PlantedData {
  const { data, truth } = separatedClusters(random, { size: 40, noise });
  const order = random.permutation(data.n);
  return {
    name: 'separated',
    data: permuteRows(data, order),
    truth: Int32Array.from(order, (row) => truth[row]!),
    clusters,
    rates: [0.05, 0.5],
  };
}

/** Places rows by the column that is largest in the first modality that they have, and spoils what a change asks for. */
function largestColumn(
  change: (label: number, lacks: boolean, predicting: boolean) => number,
): Clusterer<Paired> {
  const labelsOf = ({ n, modalities }: Paired, predicting: boolean) =>
    Int32Array.from({ length: n }, (_, i) => {
      const lacks = modalities.some(({ present }) => present?.[i] === 0);
      const { features } = modalities.find(({ present }) => present?.[i] !== 0)!;
      const sums = [0, 0, 0];
      for (let j = 0; j < features.columns; j++)
        sums[j % clusters]! += features.values[i * features.columns + j]!;
      return change(sums.indexOf(Math.max(...sums)), lacks, predicting);
    });
  return {
    method: 'largest-column',
    fit: async (data, options) => {
      const fit = await farthestFirst().fit(data, options);
      return {
        ...fit,
        labels: labelsOf(data, false),
        embedding: denseMatrix(new Float64Array(data.n), data.n, 1),
        predict: async (fresh) => labelsOf(fresh, true),
      };
    },
  };
}

describe('placesLackingRows', () => {
  test('a method that reads what is there passes, by whatever names', async () => {
    await placesLackingRows(() => largestColumn((label) => (label + 1) % clusters), planted(0.05));
  });

  test.each([
    ['fit', (label: number, lacks: boolean, predicting: boolean) => (lacks && !predicting ? 0 : label)],
    ['predict', (label: number, lacks: boolean, predicting: boolean) => (lacks && predicting ? 0 : label)],
  ])('one that puts rows that lack a modality together in %s is refused', async (where, change) => {
    await expect(placesLackingRows(() => largestColumn(change), planted(0.05))).rejects.toThrow(
      new RegExp(`${where}, rows without 'modality-0', rate 0.05: accuracy 0`),
    );
  });

  test('data that tell nothing are refused, instead of a method that cannot tell either', async () => {
    const make = () => largestColumn((label) => label);
    await expect(placesLackingRows(make, planted(3))).rejects.toThrow(/below 0\.95/);
  });
});

test('the best naming is one-to-one, and right for the most', () => {
  expect(bestNaming([0, 0, 1, 1, 2, 2], [2, 2, 0, 1, 0, 0], 3)).toEqual([2, 1, 0]);
  expect(bestNaming([0, 0, 0, 1], [1, 1, 1, 1], 2)).toEqual([1, 0]);
});

test('the nearest mean is taken over all columns together, of the first rows alone', () => {
  const modality = (name: string, rows: readonly number[]) =>
    ({ kind: 'vectors', name, features: denseMatrix(Float32Array.from(rows), rows.length, 1) }) as const;
  const [first, second] = [modality('a', [0, 1, 0.6, 5]), modality('b', [0, 4, 0, 0])];
  expect([...nearestMeans([first], [0, 1], 2)]).toEqual([0, 1, 1, 1]);
  expect([...nearestMeans([first, second], [0, 1], 2)]).toEqual([0, 1, 0, 0]);
});
