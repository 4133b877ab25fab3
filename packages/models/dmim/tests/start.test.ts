import { denseMatrix, randomSource } from '@crossmodal/core';
import { unitRows } from '@crossmodal/transforms';
import { nearestNeighbours } from '@crossmodal/self-expressive';
import { tf, useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { defaultNetwork } from '../src/network/dmim-networks.js';
import { startOverclusters } from '../src/training/overclusters.js';
import { networkOf, samplesOf } from './parts.js';

beforeAll(() => useBackend('onnx', { threads: 1 }));

const seeds = fc.integer({ min: 0, max: 999 });

/** `n` points around `clusters` far corners, row i of cluster `i % clusters`; the last row is absent. */
async function modality(n: number, width: number, clusters: number, weight: number, seed: number) {
  const random = randomSource(seed);
  const values = Float32Array.from({ length: n * width }, (_, p) => {
    const corner = Math.floor(p / width) % clusters === p % width ? 8 : 0;
    return corner + random.normal();
  });
  values.fill(0, (n - 1) * width);
  const present = Uint8Array.from({ length: n }, (_, i) => (i < n - 1 ? 1 : 0));
  const features = denseMatrix(values, n, width);
  const neighbours = await nearestNeighbours(unitRows(features), { neighbours: 5, present });
  return { samples: samplesOf(features, { name: `m${seed}`, present, weight }), neighbours };
}

describe('startOverclusters', () => {
  test.prop([seeds, fc.constantFrom('features', 'samples')], { numRuns: 3 })(
    'nearly every overcluster takes objects of one kind, in every modality; the rest of the network stays (seed, codes)',
    async (seed, codes) => {
      const [n, clusters] = [81, 4];
      const widths = [6, 5];
      const random = randomSource(seed);
      const modalities = await Promise.all(
        widths.map((width, v) => modality(n, width, clusters, v === 0 ? 0.6 : 0.4, seed + v)),
      );
      const options = { codes, units: 32, superfluous: 'none' };
      const network = networkOf(defaultNetwork, options, { sizes: widths, clusters, random });
      const samples = modalities.map((own) => own.samples);
      const neighbours = modalities.map((own) => own.neighbours);
      const before = network.trainable.map((variable) => variable.dataSync().slice());
      const tensors = tf.memory().numTensors;
      await startOverclusters(
        { network, samples, structure: { neighbours, pairs: [] } },
        random.fork('means'),
      );
      expect(tf.memory().numTensors).toBe(tensors);
      network.trainable.forEach((variable, p) => {
        const changed = !variable.dataSync().every((value, q) => value === before[p]![q]);
        expect(changed).toBe(network.overclusters!.trainable.includes(variable));
      });
      samples.forEach(({ x: { shape, values }, present }, v) => {
        const names = tf.tidy(() => {
          const x = tf.tensor2d(values, [n, shape[1]!]);
          const mask = tf.tensor2d(Float32Array.from(present!), [n, 1]);
          return tf.argMax(network.apply(x, v, { training: true, mask }).overLogits!, 1).dataSync();
        });
        const members = new Map<number, number[]>();
        names.slice(0, n - 1).forEach((name, i) => {
          members.set(name, [...(members.get(name) ?? []), i % clusters]);
        });
        expect(members.size).toBeGreaterThan(clusters);
        const ofMain = [...members.values()].map((kinds) =>
          Math.max(...kinds.map((kind) => kinds.filter((other) => other === kind).length)),
        );
        // k-means from one start can leave a mean between two corners.
        expect(ofMain.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.9 * (n - 1));
      });
      network.dispose();
    },
  );

  test('objects that are all the same start at even memberships', async () => {
    const options = { units: 8, superfluous: 'none', overclusteringFactor: 2 };
    const random = randomSource(1);
    const network = networkOf(defaultNetwork, options, { sizes: [3], clusters: 2, random });
    const samples = [samplesOf(denseMatrix(new Float32Array(60), 20, 3))];
    await startOverclusters({ network, samples, structure: { pairs: [] } }, random);
    for (const variable of network.overclusters!.trainable)
      expect(variable.dataSync().every((value) => value === 0)).toBe(true);
    network.dispose();
  });
});
