import { randomSource } from '@crossmodal/core';
import { compile, seededNormal, tf, useBackend } from '@crossmodal/tensors';
import { test } from '@fast-check/vitest';
import { afterAll, describe, expect } from 'vitest';
import { assignmentEntropy } from './assignment-entropy.js';
import { categoricalKl } from './categorical-kl.js';
import { crossEntropy } from './cross-entropy.js';
import { gaussianKl } from './gaussian-kl.js';
import { mutualInformation } from './mutual-information.js';
import { objective } from '../objective/objective.js';

afterAll(async () => {
  await tf.setBackend('cpu');
});

/** Every loss of information in one objective of two logits, with both gradients, compiled where the backend compiles. */
async function results(backend: 'cpu' | 'onnx') {
  await useBackend(backend);
  const before = tf.memory().numTensors;
  const random = randomSource(1);
  const inputs = {
    a: seededNormal([6, 4], random),
    b: seededNormal([6, 4], random),
    mask: tf.tensor2d([1, 0, 1, 1, 0, 1], [6, 1]),
  };
  const step = compile(({ a: first, b: second, mask }) => {
    const evaluate = (a: tf.Tensor, b: tf.Tensor) => {
      const [p, q] = [tf.softmax(a) as tf.Tensor2D, tf.softmax(b) as tf.Tensor2D];
      const [x, y] = [a as tf.Tensor2D, b as tf.Tensor2D];
      return objective([
        { name: 'information', weight: -1, value: () => mutualInformation(p, q, { mask: mask! }) },
        {
          name: 'directed',
          weight: 0.3,
          value: () => mutualInformation(p, q, { symmetric: false, marginalWeight: 1.5 }),
        },
        { name: 'entropy', weight: 0.5, value: () => assignmentEntropy(p, { mask: mask! }) },
        { name: 'gaussian', weight: 1, value: () => gaussianKl(x, tf.softplus(y) as tf.Tensor2D) },
        { name: 'categorical', weight: 1, value: () => categoricalKl(x, y, { reduction: 'mean' }) },
        { name: 'cross-entropy', weight: 1, value: () => crossEntropy(x, q, { mask: mask! }) },
      ]);
    };
    const { total, values } = evaluate(first!, second!);
    const [a, b] = tf.grads((x: tf.Tensor, y: tf.Tensor) => evaluate(x, y).total)([first!, second!]);
    return { total, ...values, a: a!, b: b! };
  });
  const read = await step.run(inputs);
  step.dispose();
  tf.dispose(inputs);
  expect(tf.memory().numTensors).toBe(before);
  return read;
}

describe('on onnx, compiled', () => {
  test('losses of information and their gradients are what they are on cpu', async () => {
    const cpu = await results('cpu');
    const onnx = await results('onnx');
    expect(Object.keys(onnx).sort()).toEqual(Object.keys(cpu).sort());
    for (const [key, values] of Object.entries(cpu)) {
      // Sums of at most 24 float32 terms.
      values.forEach((value, i) =>
        expect(Math.abs(onnx[key]![i]! - value)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value))),
      );
    }
  });
});
