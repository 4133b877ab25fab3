import { denseMatrix, randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { attentionFusion } from './attention-fusion.js';
import { meanWeights } from './mean-weights.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test.prop([fc.nat(99), fc.boolean()], { numRuns: 10 })(
  'are the weights of attention for all samples as one batch (seed, gaps)',
  (seed, gaps) => {
    const [n, modalities] = [6, 3];
    const random = randomSource(seed);
    const flags = [0, 1, 2].map((v) =>
      gaps && v > 0 ? Float32Array.from({ length: n }, (_, i) => ((i + v) % 3 === 0 ? 0 : 1)) : undefined,
    );
    const latentSizes = [2, 2, 2];
    const attention = attentionFusion({ latentSizes, temperature: 0.3, random });
    tf.tidy(() => {
      const latents = latentSizes.map((size) =>
        tf.tensor2d(
          Float32Array.from({ length: n * size }, () => random.normal()),
          [n, size],
        ),
      );
      const masks = flags.map((own) => own && tf.tensor2d(own, [n, 1]));
      const context = { training: false };
      const scores = attention.scores(latents, context, masks).dataSync() as Float32Array;
      const weights = meanWeights(denseMatrix(scores, n, modalities), flags);
      attention
        .weights(latents, context, masks)
        .dataSync()
        .forEach((weight, v) => expect(weights[v]).toBeCloseTo(weight, 6));
    });
    attention.dispose();
  },
);
