import { tf } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import {
  attentionLoss,
  categoricalKl,
  contrastive,
  crossEntropy,
  cycleConsistency,
  gaussianKl,
  pairedDivergence,
  reconstruction,
  selfExpression,
} from './index.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

type OfTwo = (a: tf.Tensor2D, b: tf.Tensor2D) => tf.Scalar;

const users: Readonly<Record<string, OfTwo>> = {
  attentionLoss: (a, b) => attentionLoss(a, [b], tf.ones([1])),
  categoricalKl: (a, b) => categoricalKl(a, b),
  contrastive: (a, b) => contrastive(a, b),
  crossEntropy: (a, b) => crossEntropy(a, b),
  cycleConsistency: (a, b) => cycleConsistency(a, b),
  gaussianKl: (a, b) => gaussianKl(a, b),
  pairedDivergence: (a, b) => pairedDivergence(a, b),
  reconstruction: (a, b) => reconstruction(a, b),
  selfExpression: (a, b) => selfExpression(a, b),
};

test.each(Object.entries(users))('%s names itself and both shapes, and does not broadcast', (where, loss) => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    // [1, 3] would be spread over [2, 3], and [3] over either.
    for (const other of [[1, 3], [2, 2], [3]] as const) {
      expect(() => loss(tf.ones([2, 3]), tf.ones<tf.Rank>([...other]) as tf.Tensor2D)).toThrowError(
        expect.objectContaining({
          code: 'shape',
          where,
          expected: 'two tensors of shape [2, 3]',
          received: `a second one of [${other.join(', ')}]`,
        }),
      );
    }
  });
  expect(tf.memory().numTensors).toBe(before);
});

test('pairedDivergence refuses tensors that agree but are no [n, k]', () => {
  tf.tidy(() => {
    const vector = tf.ones([3]) as unknown as tf.Tensor2D;
    expect(() => pairedDivergence(vector, vector)).toThrowError(expect.objectContaining({ code: 'shape' }));
  });
});
