import { CrossmodalError, fromRows } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { bestOfStarts } from './best-of-starts.js';
import { overclusterAndMerge } from './overcluster-and-merge.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const valueOf = (variable: tf.Variable) => variable.dataSync()[0]!;
function set(variable: tf.Variable, value: number) {
  const scalar = tf.scalar(value);
  variable.assign(scalar);
  scalar.dispose();
}

describe('bestOfStarts', () => {
  test.prop([fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 6 })])(
    'keeps the first start of the largest score, and every start finds the optimiser as new (scores)',
    async (scores) => {
      const before = tf.memory().numTensors;
      const [w, moment] = [0, 7].map((start) => tf.tidy(() => tf.variable(tf.scalar(start)))) as [
        tf.Variable,
        tf.Variable,
      ];
      const outcome = await bestOfStarts({
        starts: scores.length,
        network: { variables: [w] },
        fresh: { variables: [moment] },
        async run(start) {
          expect(valueOf(moment)).toBe(7);
          set(moment, -1);
          set(w, 100 + start);
          return { score: scores[start]!, value: `start ${start}` };
        },
      });
      const best = scores.indexOf(Math.max(...scores));
      expect(outcome).toEqual({ score: scores[best], value: `start ${best}`, start: best });
      expect(valueOf(w)).toBe(100 + best);
      tf.dispose([w, moment]);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.each([0, 1.5])('%d starts are refused', async (starts) => {
    const run = () => Promise.resolve({ score: 0, value: 0 });
    await expect(bestOfStarts({ starts, network: { variables: [] }, run })).rejects.toThrow(CrossmodalError);
  });
});

test('overclusterAndMerge keeps the start whose merged clusters tell most about those of neighbours', async () => {
  const w = tf.variable(tf.scalar(0));
  // Row i and its neighbour are in one cluster of the second start, and in no related one of the others.
  const neighbour = [1, 0, 3, 2];
  const rows = [
    [0, 1, 2, 2],
    [0, 1, 2, 3],
    [0, 0, 0, 1],
  ].map((labels) => fromRows(labels.map((label) => [0, 1, 2, 3].map((c) => (c === label ? 1 : 0)))));
  const { memberships, information, start } = await overclusterAndMerge({
    starts: 3,
    network: { variables: [w] },
    clusters: 2,
    train: (at) => Promise.resolve(set(w, at)),
    memberships: () => Promise.resolve(rows[valueOf(w)]!),
    neighbourMeans: ({ columns: m, values }) =>
      fromRows(neighbour.map((j) => [...values.subarray(j * m, j * m + m)])),
  });
  expect(start).toBe(0);
  expect(information).toBeCloseTo(Math.log(2), 5);
  const of = (i: number) => [...memberships.values.subarray(2 * i, 2 * i + 2)];
  expect(of(0)).toEqual(of(1));
  expect(of(2)).toEqual(of(3));
  expect(of(0)).not.toEqual(of(2));
  expect(valueOf(w)).toBe(0);
  w.dispose();
});
