import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import {
  registerOnnxBackend,
  type CompiledStep,
  type OnnxBackend,
  type Step,
  type TensorRecord,
} from '../../src/index.js';

/** Plain numbers with a shape, so that tensors can be made on each backend. */
export interface Numbers {
  readonly values: readonly number[];
  readonly shape: readonly number[];
  readonly dtype?: 'float32' | 'int32' | 'bool';
}

/** What a step gave, as plain arrays. */
export type Outputs = Record<string, ArrayLike<number>>;

/** Compiles on the current backend, which must be ours. */
export function compileHere(step: Step): CompiledStep {
  return (tf.backend() as unknown as OnnxBackend).compileStep(step);
}

/** Selects our backend, registering it at first. */
export async function useOnnx(): Promise<void> {
  await registerOnnxBackend();
  await tf.setBackend('onnx');
}

/** Makes tensors on the current backend. */
export function tensorsOf(inputs: Readonly<Record<string, Numbers>>): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { values, shape, dtype = 'float32' }]) => [
      name,
      tf.tensor([...values], [...shape], dtype),
    ]),
  );
}

/** Runs a step once without compiling it. */
export async function runEagerly(
  backend: string,
  step: Step,
  inputs: Readonly<Record<string, Numbers>>,
): Promise<Outputs> {
  await tf.setBackend(backend);
  const tensors = tensorsOf(inputs);
  const results = tf.tidy(() => step(tensors) as Record<string, tf.Tensor>);
  const outputs: Outputs = {};
  for (const [name, tensor] of Object.entries(results)) outputs[name] = await tensor.data();
  tf.dispose(results);
  tf.dispose(tensors);
  return outputs;
}

/** Compiles a step and runs it once. */
export async function runCompiled(step: Step, inputs: Readonly<Record<string, Numbers>>): Promise<Outputs> {
  await useOnnx();
  const tensors = tensorsOf(inputs);
  const compiled = compileHere(step);
  try {
    return await compiled.run(tensors as TensorRecord);
  } finally {
    compiled.dispose();
    tf.dispose(tensors);
  }
}

/** Asserts that outputs agree, each within `tolerance` of its largest element (single precision, summed in other orders). */
export function expectClose(actual: Outputs, expected: Outputs, tolerance: number): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, wanted] of Object.entries(expected)) {
    const got = actual[name];
    expect(got!.length).toBe(wanted.length);
    let scale = 1;
    for (let index = 0; index < wanted.length; index++) {
      if (Number.isFinite(wanted[index])) scale = Math.max(scale, Math.abs(wanted[index]!));
    }
    for (let index = 0; index < wanted.length; index++) {
      const [a, b] = [got![index], wanted[index]];
      if (Object.is(a, b) || Math.abs(a! - b!) <= tolerance * scale) continue;
      expect.fail(`${name}[${index}]: ${a} instead of ${b}, largest element ${scale}`);
    }
  }
}
