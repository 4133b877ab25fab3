import { randomSource } from '@crossmodal/core';
import { discriminatorLoss, evaluateTerms, generatorLoss } from '@crossmodal/losses';
import { tf } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import { adversarialAlignment } from './adversarial-alignment.js';
import { discriminatorTerm } from './discriminator-term.js';
import { generatorTerm } from './generator-term.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

test('both sides of the game are sums over discriminators, over the samples that have each modality', () => {
  const before = tf.memory().numTensors;
  const random = randomSource(1);
  const alignment = adversarialAlignment({ latentSize: 2, modalities: 3, hidden: [{ units: 4 }], random });
  tf.tidy(() => {
    const latents = [0, 1, 2].map(() =>
      tf.tensor2d(
        Float32Array.from({ length: 8 }, () => random.normal()),
        [4, 2],
      ),
    );
    const masks = [undefined, tf.tensor2d([1, 0, 1, 1], [4, 1]), undefined];
    const state = { latents, masks };
    const logits = alignment.logits(latents, { training: true });
    const sum = (values: readonly tf.Scalar[]) =>
      values.reduce((total, value) => total + value.dataSync()[0]!, 0);
    const generator = evaluateTerms([generatorTerm(alignment, { weight: 0.5, form: 'minimax' })], state);
    const fooled = sum(
      logits.map(({ fake }, d) => generatorLoss(fake, { form: 'minimax', mask: masks[d + 1] })),
    );
    expect(generator.values['generator']!.dataSync()[0]).toBeCloseTo(fooled, 6);
    expect(generator.total.dataSync()[0]).toBeCloseTo(fooled / 2, 6);
    const told = sum(
      logits.map(({ real, fake }, d) =>
        discriminatorLoss(real, fake, { realMask: masks[0], fakeMask: masks[d + 1] }),
      ),
    );
    expect(evaluateTerms([discriminatorTerm(alignment)], state).total.dataSync()[0]).toBeCloseTo(told, 6);
  });
  alignment.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
