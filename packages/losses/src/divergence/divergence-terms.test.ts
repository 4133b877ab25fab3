import { randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { adjustTerms } from '../objective/adjust-terms.js';
import { evaluateTerms } from '../objective/evaluate-terms.js';
import { assignmentOverlap } from './assignment-overlap.js';
import { attentionLoss } from './attention-loss.js';
import { attentionTerm } from './attention-term.js';
import { cauchySchwarzDivergence } from './cauchy-schwarz-divergence.js';
import { clusteringTerms } from './clustering-terms.js';
import { gaussianKernel } from './gaussian-kernel.js';
import { simplexDivergence } from './simplex-divergence.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

function drawn(rows: number, columns: number, seed: number): tf.Tensor2D {
  const random = randomSource(seed);
  return tf.tensor2d(
    Float32Array.from({ length: rows * columns }, () => random.normal()),
    [rows, columns],
  );
}
const scalar = (value: tf.Scalar) => value.dataSync()[0];

test.prop([fc.nat(99)], { numRuns: 10 })(
  'the clustering loss is its three parts, and the kernel is computed once, or not at all (seed)',
  (seed) => {
    tf.tidy(() => {
      const state = {
        assignments: tf.softmax(drawn(5, 3, seed)) as tf.Tensor2D,
        latent: drawn(5, 2, seed + 1),
      };
      let kernels = 0;
      const terms = clusteringTerms<typeof state>({
        kernel({ latent }) {
          kernels++;
          return gaussianKernel(latent);
        },
        separation: { normaliser: 'clusters' },
        simplex: { distance: 'euclidean' },
        orthogonality: { reduction: 'sampleMean' },
      });
      const kernel = gaussianKernel(state.latent);
      const { values } = evaluateTerms(terms, state);
      expect(kernels).toBe(1);
      expect(
        Object.fromEntries(Object.entries(values).map(([name, value]) => [name, scalar(value)])),
      ).toEqual({
        separation: scalar(cauchySchwarzDivergence(state.assignments, kernel, { normaliser: 'clusters' })),
        simplex: scalar(simplexDivergence(state.assignments, kernel, { distance: 'euclidean' })),
        orthogonality: scalar(assignmentOverlap(state.assignments, { reduction: 'sampleMean' })),
      });
      const one = adjustTerms('test', terms, [
        { name: 'separation', weight: 0 },
        { name: 'simplex', weight: 0 },
      ]);
      evaluateTerms(one, { ...state });
      expect(kernels).toBe(1);
    });
  },
);

test('the attention term is the attention loss of Gaussian kernels, masks and all', () => {
  tf.tidy(() => {
    const latents = [drawn(4, 2, 1), drawn(4, 2, 2)];
    const mask = tf.tensor2d([1, 0, 1, 1], [4, 1]);
    const masks = [undefined, mask];
    const weights = tf.tensor1d([0.3, 0.7]);
    const state = { latents, masks, weights, fused: latents[0]! };
    const kernel = { share: 0.5 };
    const { total } = evaluateTerms([attentionTerm({ weight: 3, kernel, reduction: 'mean' })], state);
    const kernels = latents.map((latent, v) => gaussianKernel(latent, { ...kernel, mask: masks[v] }));
    const expected = attentionLoss(gaussianKernel(state.fused, kernel), kernels, weights, {
      reduction: 'mean',
      masks,
    });
    expect(scalar(total)).toBeCloseTo(3 * scalar(expected)!, 6);
  });
});
