import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import { seededNormal, tf } from '@crossmodal/tensors';
import { describe, expect, test } from 'vitest';
import { encoderContract, registerContract, type EncoderLike } from '../src/index.js';

function linear(random: RandomSource): EncoderLike {
  const weights = tf.tidy(() => tf.variable(seededNormal([4, 2], random)));
  return {
    inputShape: [4],
    outputShape: [2],
    trainable: [weights],
    variables: [weights],
    apply(x) {
      if (x.shape[1] !== 4) {
        throw new CrossmodalError({
          code: 'shape',
          where: 'linear',
          expected: '[n, 4]',
          received: `[${x.shape.join(', ')}]`,
        });
      }
      return tf.matMul(x as tf.Tensor2D, weights as tf.Tensor2D);
    },
    dispose: () => weights.dispose(),
  };
}

describe('an encoder that keeps the contract passes', () => {
  registerContract(test, encoderContract(linear, { seed: 5 }));
});

const changed = (change: (layer: EncoderLike) => Partial<EncoderLike>) => (random: RandomSource) => {
  const layer = linear(random);
  return { ...layer, ...change(layer) };
};

test.each<[string, (random: RandomSource) => EncoderLike]>([
  ['another output shape than it states', changed(() => ({ outputShape: [3] }))],
  [
    'rows that see each other',
    changed((layer) => ({ apply: (x, c) => tf.tidy(() => tf.sub(layer.apply(x, c), tf.mean(x))) })),
  ],
  [
    'weights that no source decides',
    changed((layer) => ({
      apply: (x) => tf.tidy(() => tf.slice(tf.tanh(x), [0, 0], [-1, layer.outputShape[0]!])),
    })),
  ],
  ['a leak', changed((layer) => ({ apply: (x, c) => tf.square(layer.apply(x, c)) }))],
  ['nothing freed', changed(() => ({ dispose: () => {} }))],
])('an encoder with %s fails', async (_name, make) => {
  const failures: string[] = [];
  for (const { name, run } of encoderContract(make)) await run().catch(() => failures.push(name));
  expect(failures).not.toEqual([]);
});
