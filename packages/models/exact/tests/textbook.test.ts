import { randomSource } from '@crossmodal/core';
import { textbookSets } from '@crossmodal/datasets';
import { accuracy } from '@crossmodal/metrics';
import { describe, expect, test } from 'vitest';
import { createExact } from '../src/index.js';
import { iris } from './iris.js';

/** ACC that each set reaches at least, below what it has by a few objects. */
const LEAST = { blobs: 0.99, moons: 0.99, circles: 0.99, varied: 0.95, aniso: 0.97, iris: 0.93 } as const;

describe.each(['C5', 'R'] as const)('clusters of the textbook by graphs %s', (graphs) => {
  test.each([1, 2])('sets of the plane, 500 objects, seed %i', async (seed) => {
    for (const { name, data, labels, clusters } of textbookSets({ random: randomSource(seed) })) {
      const fitted = await createExact({ graphs }).fit(data, { clusters, seed });
      expect(accuracy(labels, fitted.labels), name).toBeGreaterThanOrEqual(LEAST[name]);
    }
  });

  test('iris', async () => {
    const { data, labels } = iris();
    const fitted = await createExact({ graphs }).fit(data, { clusters: 3, seed: 1 });
    expect(accuracy(labels, fitted.labels)).toBeGreaterThanOrEqual(LEAST.iris);
  });
});
