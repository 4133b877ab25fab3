import { randomSource } from '@crossmodal/core';
import { compile, seededNormal, tf, useBackend } from '@crossmodal/tensors';
import { test } from '@fast-check/vitest';
import { afterAll, describe, expect } from 'vitest';
import { coefficientNorm } from './coefficient-norm.js';
import { objective } from './objective/objective.js';
import { reconstruction } from './reconstruction.js';
import { selfExpression } from './self-expression.js';

afterAll(async () => {
  await tf.setBackend('cpu');
});

/** Every loss in one weighted objective, with its gradient, compiled where the backend compiles. */
async function results(backend: 'cpu' | 'onnx') {
  await useBackend(backend);
  const before = tf.memory().numTensors;
  const random = randomSource(1);
  const inputs = { a: seededNormal([5, 5], random), b: seededNormal([5, 5], random), weight: tf.scalar(0.3) };
  const step = compile(({ a, b, weight }) => {
    const evaluate = (x: tf.Tensor) =>
      objective([
        { name: 'sum', weight: 0.5, value: () => reconstruction(x, b!) },
        {
          name: 'mean',
          weight: weight as tf.Scalar,
          value: () => reconstruction(x, b!, { reduction: 'mean' }),
        },
        { name: 'self', weight: 2, value: () => selfExpression(x, b!, { reduction: 'sampleMean' }) },
        { name: 'l2', weight: 1, value: () => coefficientNorm(x) },
        { name: 'l1', weight: -0.1, value: () => coefficientNorm(x, 'l1') },
        { name: 'watched', weight: 0, value: () => coefficientNorm(b!, 'l1') },
      ]);
    const { total, values } = evaluate(a!);
    return { total, ...values, gradient: tf.grad((x) => evaluate(x).total)(a!) };
  });
  const read = await step.run(inputs);
  step.dispose();
  tf.dispose(inputs);
  expect(tf.memory().numTensors).toBe(before);
  return read;
}

describe('on onnx, compiled', () => {
  test('every loss and its gradient are what they are on cpu', async () => {
    const cpu = await results('cpu');
    const onnx = await results('onnx');
    expect(Object.keys(onnx).sort()).toEqual(Object.keys(cpu).sort());
    for (const [key, values] of Object.entries(cpu)) {
      // Sums of 25 float32 squares.
      values.forEach((value, i) =>
        expect(Math.abs(onnx[key]![i]! - value)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value))),
      );
    }
  });
});
