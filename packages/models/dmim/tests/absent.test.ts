import { denseMatrix, randomSource } from '@crossmodal/core';
import { evaluateTerms } from '@crossmodal/losses';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { defaultNetwork, paperNetwork } from '../src/network/dmim-networks.js';
import { forward } from '../src/training/dmim-step.js';
import {
  information,
  overclusteringInformation,
  superfluousTerms,
  targetTerm,
} from '../src/training/dmim-terms.js';
import { networkOf, samplesOf } from './parts.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const cases = [
  { part: defaultNetwork, codes: 'features', superfluous: 'gaussian', reduction: 'mean' },
  { part: defaultNetwork, codes: 'samples', superfluous: 'gaussian', reduction: 'mean' },
  { part: defaultNetwork, codes: 'features', superfluous: 'categorical', reduction: 'mean' },
  { part: paperNetwork, codes: 'features', superfluous: 'gaussian', reduction: 'sampleMean' },
] as const;

test.prop([fc.constantFrom(...cases), fc.boolean(), fc.nat(99)], { numRuns: 8 })(
  'no term of the objective sees what absent rows hold, not even by batch statistics (options, partners, seed)',
  ({ part, codes, superfluous, reduction }, partnered, seed) => {
    const random = randomSource(seed);
    const sizes = [5, 5];
    const n = 12;
    const network = networkOf(
      part as typeof paperNetwork,
      { codes, superfluous },
      { sizes, clusters: 3, random },
    );
    const samples = sizes.map((size, v) =>
      samplesOf(denseMatrix(new Float32Array(n * size), n, size), { name: `m${v}` }),
    );
    const terms = [
      information,
      overclusteringInformation,
      ...superfluousTerms({ superfluous, superfluousWeight: 1 }, reduction),
      targetTerm(1),
    ];
    const weights = { pairs: [{ first: 0, second: 1, weight: 1 }], weights: [1, 1], partnered };
    const values = (junk: number) =>
      tf.tidy(() => {
        const own = randomSource(seed);
        const modalities = sizes.map((size, v) => {
          const mask = tf.tensor2d(Array.from({ length: n }, (_, i) => [i % 3 === v ? 0 : 1]));
          const x = seededNormal([n, size], own);
          return {
            x: tf.add(tf.mul(x, mask), tf.mul(tf.sub(1, mask), junk)),
            mask,
            target: tf.softmax(seededNormal([n, 3], own)),
          };
        });
        const draw = () => seededNormal([n, network.codeSize], own) as tf.Tensor2D;
        const noise = sizes.map(() => ({ code: draw(), prior: draw() }));
        const state = forward({ network, samples }, { modalities, noise }, { codes }, weights);
        return Object.entries(evaluateTerms(terms, state).values).map(
          ([name, value]) => [name, value.dataSync()[0]!] as const,
        );
      });
    const clean = values(0);
    expect(clean).toHaveLength(6);
    values(30).forEach(([name, value], t) => {
      expect(name).toBe(clean[t]![0]);
      expect(value).toBeCloseTo(clean[t]![1], 5);
    });
    network.dispose();
  },
);
