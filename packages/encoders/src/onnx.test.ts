import { randomSource } from '@crossmodal/core';
import { compile, seededNormal, tf, useBackend } from '@crossmodal/tensors';
import { test } from '@fast-check/vitest';
import { afterAll, describe, expect } from 'vitest';
import { layerExamples, networkExamples } from '../tests/layer-examples.js';

afterAll(async () => {
  await tf.setBackend('cpu');
});

const examples = { ...layerExamples, ...networkExamples };

type Values = Record<string, number[]>;

/** Value, gradients and running statistics of two training steps and one inference step, compiled where the backend compiles. */
async function results(name: string, backend: 'cpu' | 'onnx'): Promise<Values> {
  await useBackend(backend);
  const before = tf.memory().numTensors;
  const layer = examples[name]!();
  const x = seededNormal([4, ...layer.inputShape], randomSource(3));
  const trained = compile(({ x: input }) => {
    const variables = [...layer.trainable];
    const loss = () => tf.sum(tf.sin(layer.apply(input!, { training: true }))) as tf.Scalar;
    if (variables.length === 0) return { value: loss() };
    const { value, grads } = tf.variableGrads(loss, variables);
    return {
      value,
      ...Object.fromEntries(variables.map((variable, i) => [`gradient${i}`, grads[variable.name]!])),
    };
  });
  const slope = compile(({ x: input }) => ({
    slope: tf.grad((z) => tf.sum(tf.sin(layer.apply(z, { training: true }))))(input!),
  }));
  const inference = compile(({ x: input }) => ({ y: layer.apply(input!, { training: false }) }));
  const read: Values = {};
  for (const [step, prefix] of [
    [trained, 'first '],
    [trained, 'second '],
    [slope, ''],
    [inference, ''],
  ] as const) {
    for (const [key, values] of Object.entries(await step.run({ x }))) read[prefix + key] = [...values];
  }
  for (const [i, variable] of layer.variables.entries()) read[`variable${i}`] = [...(await variable.data())];
  for (const step of [trained, slope, inference]) step.dispose();
  x.dispose();
  layer.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return read;
}

describe('on onnx, compiled, every layer is what it is on cpu', () => {
  test.each(Object.keys(examples))('%s', async (name) => {
    const cpu = await results(name, 'cpu');
    const onnx = await results(name, 'onnx');
    expect(Object.keys(onnx)).toEqual(Object.keys(cpu));
    for (const [key, values] of Object.entries(cpu)) {
      // Sums of at most a few hundred float32 products of size 1.
      values.forEach((value, i) =>
        expect(Math.abs(onnx[key]![i]! - value)).toBeLessThan(1e-3 * Math.max(1, Math.abs(value))),
      );
    }
  });
});
