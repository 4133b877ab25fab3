import * as tf from '@tensorflow/tfjs';
import { isCrossmodalError } from '@crossmodal/core';
import { expect, test } from 'vitest';
import { registerOnnxBackend } from '../src/index.js';

test('threads must be a positive integer', async () => {
  for (const threads of [0, -1, 1.5, Number.NaN]) {
    await expect(registerOnnxBackend({ threads })).rejects.toSatisfy((error) =>
      isCrossmodalError(error, 'option'),
    );
  }
});

test('registering twice is registering once, and selects nothing', async () => {
  await registerOnnxBackend({ threads: 2 });
  await registerOnnxBackend();
  expect(tf.getBackend()).not.toBe('onnx');
  expect(await tf.setBackend('onnx')).toBe(true);
  expect(tf.backend()).toHaveProperty('threads', 2);
});

test('several threads give what one gives', async () => {
  const product = () => tf.matMul(tf.ones([70, 80]), tf.range(0, 80 * 90).reshape<tf.Tensor2D>([80, 90]));
  await tf.setBackend('onnx');
  const here = tf.tidy(() => product().dataSync());
  await tf.setBackend('cpu');
  const there = tf.tidy(() => product().dataSync());
  for (const [index, value] of there.entries())
    expect(Math.abs(here[index]! - value)).toBeLessThan(1e-6 * value + 1e-6);
});

test('values move between backends', async () => {
  await tf.setBackend('cpu');
  const made = tf.tensor2d([1, 2, 3, 4], [2, 2]);
  await tf.setBackend('onnx');
  const doubled = made.mul(2);
  await tf.setBackend('cpu');
  expect(Array.from(doubled.sub(made).dataSync())).toEqual([1, 2, 3, 4]);
});
