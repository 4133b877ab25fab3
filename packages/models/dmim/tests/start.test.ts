import { denseMatrix, randomSource } from '@crossmodal/core';
import { unitRows } from '@crossmodal/transforms';
import { nearestNeighbours } from '@crossmodal/self-expressive';
import { tf, useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { createNetwork } from '../src/create-network.js';
import { resolveDmimOptions } from '../src/dmim-options.js';
import { startOverclusters } from '../src/start-overclusters.js';

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
  return { name: `m${seed}`, features, present, weight, neighbours };
}

describe('startOverclusters', () => {
  test.prop([seeds, fc.constantFrom('features', 'samples')], { numRuns: 3 })(
    'nearly every overcluster takes objects of one kind, in every modality; the rest of the network stays (seed, codes)',
    async (seed, codes) => {
      const [n, clusters] = [81, 4];
      const options = resolveDmimOptions({ codes, units: 32, superfluous: 'none' });
      const widths = [6, 5];
      const random = randomSource(seed);
      const modalities = await Promise.all(
        widths.map((width, v) => modality(n, width, clusters, v === 0 ? 0.6 : 0.4, seed + v)),
      );
      const network = createNetwork({ resolved: options, inputSizes: widths, clusters, random });
      const context = { network, options, modalities, pairs: [], random };
      const before = network.trainable.map((variable) => variable.dataSync().slice());
      const tensors = tf.memory().numTensors;
      await startOverclusters(context, random.fork('means'));
      expect(tf.memory().numTensors).toBe(tensors);
      network.trainable.forEach((variable, p) => {
        const changed = !variable.dataSync().every((value, q) => value === before[p]![q]);
        expect(changed).toBe(network.overclusters!.trainable.includes(variable));
      });
      modalities.forEach(({ features, present }, v) => {
        const names = tf.tidy(() => {
          const x = tf.tensor2d(features.values, [n, features.columns]);
          const mask = tf.tensor2d(Float32Array.from(present), [n, 1]);
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
    const options = resolveDmimOptions({ units: 8, superfluous: 'none', overclusteringFactor: 2 });
    const random = randomSource(1);
    const network = createNetwork({ resolved: options, inputSizes: [3], clusters: 2, random });
    const features = denseMatrix(new Float32Array(60), 20, 3);
    const same = { name: 'm', features, present: undefined, weight: 1 };
    await startOverclusters({ network, options, modalities: [same], pairs: [], random }, random);
    for (const variable of network.overclusters!.trainable)
      expect(variable.dataSync().every((value) => value === 0)).toBe(true);
    network.dispose();
  });
});
