import { denseMatrix, gatherRows, randomSource, type DenseMatrix } from '@crossmodal/core';
import { tf, useBackend } from '@crossmodal/tensors';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nearestAmong } from '../nearest-among.js';
import { nearestNeighbours } from '../nearest-neighbours.js';
import { neighbourRecall } from '../neighbour-recall.js';

afterAll(async () => {
  await tf.setBackend('cpu');
});

/** Unit rows around twenty centres, of three degrees of freedom in eight features. */
function clusters(n: number, seed: number): DenseMatrix<Float32Array> {
  const random = randomSource(seed);
  const centres = Float32Array.from({ length: 20 * 8 }, () => 2 * random.normal());
  const basis = Float32Array.from({ length: 3 * 8 }, () => random.normal());
  const values = new Float32Array(n * 8);
  for (let i = 0; i < n; i++) {
    const row = Array.from(centres.subarray((i % 20) * 8, (i % 20) * 8 + 8));
    for (let a = 0; a < 3; a++) {
      const z = random.normal();
      row.forEach((value, j) => (row[j] = value + z * basis[a * 8 + j]!));
    }
    const length = Math.hypot(...row);
    values.set(
      row.map((value) => value / length),
      i * 8,
    );
  }
  return denseMatrix(values, n, 8);
}

const points = clusters(1500, 1);
const options = { neighbours: 10, method: 'approximate', random: randomSource(3) } as const;

describe.each(['cpu', 'onnx'] as const)('on %s', (backend) => {
  beforeAll(async () => {
    await useBackend(backend);
  });

  test('finds the share of neighbours that is asked for, and says how many it found (seed 1)', async () => {
    const before = tf.memory().numTensors;
    for (const recall of [0.9, 0.98]) {
      const found = await nearestNeighbours(points, { ...options, recall });
      expect(found.method).toBe('approximate');
      const measured = await neighbourRecall(found, points, { sample: 1500 });
      // Two samples of 256 rows decide and measure: each is a hundredth off at most.
      expect(measured).toBeGreaterThan(recall - 0.01);
      expect(Math.abs(measured - found.recall)).toBeLessThan(0.01);
    }
    expect(tf.memory().numTensors).toBe(before);
  });

  test('the same seed finds the same, in whatever blocks and order of rows (seed 1)', async () => {
    const found = await nearestNeighbours(points, options);
    expect(await nearestNeighbours(points, { ...options, memory: 2 ** 17 })).toEqual(found);
    const order = randomSource(5).permutation(points.rows);
    const permuted = await nearestNeighbours(gatherRows(points, order), options);
    expect(permuted.recall).toBe(found.recall);
    order.forEach((row, i) => {
      const list = Array.from(permuted.indices.subarray(10 * i, 10 * i + 10), (j) => order[j]);
      expect(list).toEqual([...found.indices.subarray(10 * row, 10 * row + 10)]);
    });
  });
});

describe('on cpu alone', () => {
  beforeAll(async () => {
    await useBackend('cpu');
  });

  test('queries among references (seed 2)', async () => {
    const queries = clusters(600, 1);
    const exact = await nearestAmong(queries, points, { ...options, method: 'exact' });
    const found = await nearestAmong(queries, points, options);
    expect(found.method).toBe('approximate');
    let hits = 0;
    for (let i = 0; i < 600; i++) {
      const own = exact.indices.subarray(10 * i, 10 * i + 10);
      for (const j of found.indices.subarray(10 * i, 10 * i + 10)) if (own.includes(j)) hits++;
    }
    expect(hits / 6000).toBeGreaterThan(0.97);
  });

  test('rows of other lengths: the largest products, of which the means of cells tell less (seed 4)', async () => {
    const random = randomSource(4);
    const lengths = Float32Array.from({ length: points.rows }, () => 0.5 + random.uniform());
    const longer = {
      ...points,
      values: points.values.map((value, p) => value * lengths[Math.floor(p / 8)]!),
    };
    const found = await nearestNeighbours(longer, options);
    expect(await neighbourRecall(found, longer, { sample: 1500 })).toBeGreaterThan(0.97);
  });

  test('where near cells hold few of the neighbours, all products are taken', async () => {
    const random = randomSource(1);
    const values = Float32Array.from({ length: 300 * 40 }, () => random.normal());
    const noise = denseMatrix(values, 300, 40);
    const found = await nearestNeighbours(noise, options);
    expect(found).toEqual(await nearestNeighbours(noise, { ...options, method: 'exact' }));
    expect(found).toMatchObject({ method: 'exact', recall: 1 });
  });

  test('progress goes from none of the rows to all of them, and an abort on the way stops the search', async () => {
    for (const method of ['exact', 'approximate'] as const) {
      const steps: number[] = [];
      const memory = 2 ** 20;
      await nearestNeighbours(points, {
        ...{ ...options, method, memory },
        onProgress: ({ phase, step, steps: of }) => {
          expect([phase, of]).toEqual(['neighbours', 1500]);
          steps.push(step);
        },
      });
      expect(steps[0]).toBe(0);
      expect(steps.at(-1)).toBe(1500);
      expect(steps.length).toBeGreaterThan(3);
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      const controller = new AbortController();
      const before = tf.memory().numTensors;
      const stopped = nearestNeighbours(points, {
        ...{ ...options, method, memory, signal: controller.signal },
        onProgress: ({ step }) => {
          if (step > 0) controller.abort();
        },
      });
      await expect(stopped).rejects.toMatchObject({ code: 'aborted', where: 'nearestNeighbours' });
      expect(tf.memory().numTensors).toBe(before);
    }
  });
});
