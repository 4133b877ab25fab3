import { denseMatrix, randomSource } from '@crossmodal/core';
import { useBackend } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import { assign } from '../src/assignment.js';
import { clusterUnified } from '../src/cluster-unified.js';
import { resolveDm2cOptions } from '../src/dm2c-options.js';

beforeAll(() => useBackend('onnx', { threads: 1 }));

/** Latents without clusters, whose partition hangs on every setting. */
function noise(n: number, seed: number) {
  const random = randomSource(seed);
  return denseMatrix(
    Float32Array.from({ length: n * 6 }, () => random.normal()),
    n,
    6,
  );
}

/** Clusters of two modalities of noise, and of samples that come later. */
async function partition(options: object, readout: 'graph' | 'k-means') {
  const { labels, assignment } = await clusterUnified([noise(60, 1), noise(50, 2)], {
    resolved: resolveDm2cOptions(options),
    clusters: 6,
    readout,
    anchor: 0,
    live: [0, 1],
    random: randomSource(3),
    pause: () => Promise.resolve(),
  });
  return { labels: [...labels], later: [...assign(noise(60, 4), assignment)] };
}

test.each<[string, object]>([
  ['graphs', { graphs: 'R' }],
  ['width', { width: 0.3 }],
  ['ridgeReference', { ridgeReference: 5 }],
  ['extraEigenvectors', { extraEigenvectors: 0 }],
  ['bandwidth', { bandwidth: 3 }],
  ['restarts', { restarts: 1 }],
])('%s changes the partition of a graph', async (_, change) => {
  const plain = await partition({}, 'graph');
  expect((await partition(change, 'graph')).labels).not.toEqual(plain.labels);
});

test('neighbours change where later samples go, and not the partition', async () => {
  const [plain, one] = [await partition({}, 'graph'), await partition({ neighbours: 1 }, 'graph')];
  expect(one.labels).toEqual(plain.labels);
  expect(one.later).not.toEqual(plain.later);
});

test('restarts change the partition of k-means, in the default and the paper preset', async () => {
  for (const preset of ['default', 'paper']) {
    const plain = await partition({ preset }, 'k-means');
    expect((await partition({ preset, restarts: 1 }, 'k-means')).labels).not.toEqual(plain.labels);
  }
  expect((await partition({}, 'k-means')).labels).not.toEqual((await partition({}, 'graph')).labels);
});
