import { randomSource } from '@crossmodal/core';
import { objective } from '@crossmodal/losses';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { createNetwork } from '../src/create-network.js';
import { resolveDmimOptions, type DmimOptions } from '../src/dmim-options.js';
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
