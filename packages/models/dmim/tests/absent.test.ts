import { randomSource } from '@crossmodal/core';
import { nearestNeighbours } from '@crossmodal/self-expressive';
import { gaussianBlobs, removeRows } from '@crossmodal/datasets';
import { objective } from '@crossmodal/losses';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { createNetwork } from '../src/create-network.js';
import { resolveDmimOptions, type DmimOptions } from '../src/dmim-options.js';
import { sharedStructure } from '../src/shared-structure.js';
import { trainingTerms } from '../src/training-terms.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test.prop([fc.constantFrom<DmimOptions>({}, { codes: 'samples' }, { preset: 'paper' }), fc.nat(99)], {
  numRuns: 6,
})(
  'no term of the objective sees what absent rows hold, not even by batch statistics (options, seed)',
  (options, seed) => {
    const resolved = resolveDmimOptions(options);
    const random = randomSource(seed);
    const sizes = [5, 5];
    const network = createNetwork({ resolved, inputSizes: sizes, clusters: 3, random });
    const n = 12;
    const modalities = sizes.map((_, v) => ({
      name: `m${v}`,
      features: undefined as never,
      present: Uint8Array.of(1),
      weight: 0.5,
      neighbours: undefined,
    }));
    const context = {
      network,
      options: resolved,
      modalities,
      pairs: [{ first: 0, second: 1, weight: 1 }],
      random,
    };
    const values = (junk: number) =>
      tf.tidy(() => {
        const own = randomSource(seed);
        const inputs: Record<string, tf.Tensor> = {};
        sizes.forEach((size, v) => {
          const mask = tf.tensor2d(Array.from({ length: n }, (_, i) => [i % 3 === v ? 0 : 1]));
          const x = seededNormal([n, size], own);
          inputs[`m${v}`] = mask;
          inputs[`x${v}`] = tf.add(tf.mul(x, mask), tf.mul(tf.sub(1, mask), junk));
          inputs[`e${v}`] = seededNormal([n, network.codeSize], own);
          inputs[`g${v}`] = seededNormal([n, network.codeSize], own);
        });
        const terms = trainingTerms(
          context,
          { heads: ['clustering', 'overclustering'], targets: false },
          inputs,
        );
        return Object.entries(objective(terms).values).map(
          ([name, value]) => [name, value.dataSync()[0]!] as const,
        );
      });
    const clean = values(0);
    values(30).forEach(([name, value], t) => {
      expect(name).toBe(clean[t]![0]);
      expect(value).toBeCloseTo(clean[t]![1], 5);
    });
    network.dispose();
  },
);

describe('sharedStructure with absent rows', () => {
  test.each([0.1, 0.3])(
    'weighs pairs as it does without them, but for chance; a modality that few objects have stays (rate %d, mean of seeds 0-7)',
    async (rate) => {
      const [n, seeds] = [150, 8];
      const modalities = [{ dimension: 8 }, { dimension: 8 }, { dimension: 8 }];
      const means = [0, 0, 0];
      for (let seed = 0; seed < seeds; seed++) {
        const { data } = gaussianBlobs({ n, clusters: 3, modalities, random: randomSource(seed) });
        const few = removeRows(data, { rate, random: randomSource(seed) });
        // One in eight has the third: nineteen objects, whose neighbours in common move a lot with the draw.
        const rare = Uint8Array.from({ length: n }, (_, i) => (i % 8 === 0 ? 1 : 0));
        const present = few.modalities.map((modality, v) => (v === 2 ? rare : modality.present));
        const lists = [];
        for (const [v, { features }] of data.modalities.entries())
          lists.push(await nearestNeighbours(features, { neighbours: 12, present: present[v] }));
        const { pairs, modalities: weights } = sharedStructure(lists, n);
        pairs.forEach((weight, p) => (means[p] = means[p]! + weight / seeds));
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
      }
      for (const mean of means) expect(mean).toBeGreaterThan(0.15);
    },
  );
});

test.each([1, 4, 8, 9])(
  'a modality that one object in ten has is weighed by these, and stays in the network (seed %i)',
  async (seed) => {
    const n = 300;
    const modalities = [{ dimension: 8 }, { dimension: 8 }, { dimension: 8 }];
    const { data } = gaussianBlobs({ n, clusters: 3, modalities, random: randomSource(seed) });
    const random = randomSource(seed + 100);
    const rare = Uint8Array.from({ length: n }, () => (random.uniform() < 0.1 ? 1 : 0));
    const lists = [];
    for (const [v, { features }] of data.modalities.entries())
      lists.push(await nearestNeighbours(features, { neighbours: 20, present: v === 2 ? rare : undefined }));
    const { modalities: weights } = sharedStructure(lists, n);
    // All three tell the clusters alike: a third each, were there no chance in it.
    for (const weight of weights) expect(weight).toBeGreaterThan(0.15);
  },
);
