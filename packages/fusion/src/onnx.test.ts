import { randomSource } from '@crossmodal/core';
import { compile, seededNormal, tf, useBackend } from '@crossmodal/tensors';
import { test } from '@fast-check/vitest';
import { afterAll, describe, expect } from 'vitest';
import { createMultimodalAutoencoder, type FusionOptions } from './networks/create-multimodal-autoencoder.js';

afterAll(async () => {
  await tf.setBackend('cpu');
});

const pictures = [
  [7, 6, 1],
  [7, 6, 1],
];
const mixed = [[7, 6, 1], [9]];
const cases: readonly (readonly [string, readonly (readonly number[])[], FusionOptions])[] = [
  ['affinity, images and vectors', mixed, { kind: 'affinity' }],
  ['late concat, images and vectors', mixed, { kind: 'late', function: 'concat' }],
  ['early concat, images', pictures, { kind: 'early', function: 'concat' }],
  ['early max, images', pictures, { kind: 'early', function: 'max' }],
  ['intermediate sum, images', pictures, { kind: 'intermediate', function: 'sum' }],
  ['late max, images', pictures, { kind: 'late', function: 'max' }],
];

/** Reconstruction error and its gradients, compiled where the backend compiles. */
async function results(
  shapes: readonly (readonly number[])[],
  options: FusionOptions,
  backend: 'cpu' | 'onnx',
) {
  await useBackend(backend);
  const before = tf.memory().numTensors;
  const fusion = createMultimodalAutoencoder({
    shapes,
    fusion: options,
    images: {
      layers: [
        { filters: 2, kernelSize: 3, strides: 2 },
        { filters: 3, kernelSize: 3, strides: 2 },
      ],
      outputActivation: 'relu',
    },
    vectors: { layers: [{ units: 5 }, { units: 4 }] },
    random: randomSource(1),
  });
  const random = randomSource(2);
  const inputs = Object.fromEntries(shapes.map((shape, v) => [`x${v}`, seededNormal([4, ...shape], random)]));
  const step = compile((named) => {
    const x = shapes.map((_, v) => named[`x${v}`]!);
    const { value, grads } = tf.variableGrads(
      () =>
        fusion
          .decode(fusion.encode(x, { training: true }), { training: true })
          .map((xhat, v) => tf.sum(tf.square(tf.sub(xhat, x[v]!))))
          .reduce((sum, next) => tf.add(sum, next)) as tf.Scalar,
      [...fusion.trainable],
    );
    return {
      value,
      ...Object.fromEntries(fusion.trainable.map((variable, i) => [`gradient${i}`, grads[variable.name]!])),
    };
  });
  const read = await step.run(inputs);
  step.dispose();
  tf.dispose(inputs);
  fusion.dispose();
  expect(tf.memory().numTensors).toBe(before);
  return read;
}

describe('on onnx, compiled, a fusion is what it is on cpu', () => {
  test.each(cases)('%s', async (_label, shapes, options) => {
    const cpu = await results(shapes, options, 'cpu');
    const onnx = await results(shapes, options, 'onnx');
    expect(Object.keys(onnx)).toEqual(Object.keys(cpu));
    for (const [key, values] of Object.entries(cpu)) {
      // Sums of a few hundred float32 products of size 1 to 100.
      values.forEach((value, i) =>
        expect(Math.abs(onnx[key]![i]! - value)).toBeLessThan(1e-3 * Math.max(1, Math.abs(value))),
      );
    }
  });
});
