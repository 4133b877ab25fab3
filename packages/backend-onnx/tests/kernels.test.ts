import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Step } from '../src/index.js';
import { translations } from '../src/translations/index.js';
import { expectClose, runCompiled, runEagerly, useOnnx, type Numbers } from './support/backends.js';
import { kernelCases } from './support/kernel-cases.js';
import { numbers } from './support/program.js';

const inputs: Readonly<Record<string, Numbers>> = {
  x: { shape: [3, 4], values: numbers(1, 12) },
  y: { shape: [3, 4], values: numbers(2, 12) },
  row: { shape: [4], values: numbers(3, 4) },
  image: { shape: [2, 5, 5, 2], values: numbers(4, 100) },
  filter: { shape: [3, 3, 2, 3], values: numbers(5, 54) },
  batch: { shape: [2, 3, 4], values: numbers(6, 24) },
  whole: { shape: [3, 4], values: [3, -2, 0, 7, -5, 4, 1, 0, 2, 2, -3, 6], dtype: 'int32' },
  truth: { shape: [3, 4], values: [1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1], dtype: 'bool' },
  rows: { shape: [5], values: [2, 0, 1, 2, 2], dtype: 'int32' },
};

beforeAll(useOnnx);

test('every translation has a case', () => {
  expect(Object.keys(kernelCases).sort()).toEqual(Object.keys(translations).sort());
});

describe.each(Object.entries(kernelCases))('%s', (kernel, build) => {
  const step: Step = (tensors) =>
    Object.fromEntries(build(tensors).map((tensor, index) => [`out${index}`, tensor]));

  test('is the same compiled, eager, and on the cpu backend', async () => {
    const expected = await runEagerly('cpu', step, inputs);
    expectClose(await runEagerly('onnx', step, inputs), expected, 1e-6);
    expectClose(await runCompiled(step, inputs), expected, 1e-6);
  });

  test('is what its case runs', async () => {
    await tf.setBackend('cpu');
    const { kernelNames } = await tf.profile(() =>
      tf.tidy(() => {
        const tensors = Object.entries(inputs).map(([name, { values, shape, dtype }]) => [
          name,
          tf.tensor([...values], [...shape], dtype),
        ]);
        build(Object.fromEntries(tensors) as Record<string, tf.Tensor>);
      }),
    );
    expect(kernelNames).toContain(kernel);
  });
});
