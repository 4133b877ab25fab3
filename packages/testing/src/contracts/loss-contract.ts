import assert from 'node:assert/strict';
import { randomSource } from '@crossmodal/core';
import { seededNormal, tf } from '@crossmodal/tensors';
import { allClose } from '../matchers/all-close.js';
import type { ContractCase } from './contract-case.js';
import { keepsTensors } from './keeps-tensors.js';

/** A loss as the contract sees it: tensors in, a differentiable scalar out. */
export type Loss = (...inputs: tf.Tensor[]) => tf.Scalar;

/** What {@link lossContract} takes. */
export interface LossContractOptions {
  /** Shape of each input. */
  readonly shapes: readonly (readonly number[])[];
  /** Turns the drawn normal values of input `i` into values the loss accepts, such as memberships. @defaultValue as drawn */
  readonly prepare?: (drawn: tf.Tensor, i: number) => tf.Tensor;
  /** Seed of the values. @defaultValue 0 */
  readonly seed?: number;
}

/**
 * What every loss promises: a finite scalar, decided by its inputs, which stay as they are; a gradient for each input that
 * equals central finite differences; and no tensor left.
 */
export function lossContract(loss: Loss, options: LossContractOptions): readonly ContractCase[] {
  const { shapes, prepare = (drawn) => drawn, seed = 0 } = options;

  function withInputs(check: (inputs: tf.Tensor[]) => void): () => Promise<void> {
    return async () => {
      const random = randomSource(seed);
      const inputs = tf.tidy(() => shapes.map((shape, i) => prepare(seededNormal([...shape], random), i)));
      try {
        check(inputs);
      } finally {
        tf.dispose(inputs);
      }
    };
  }
  const valueAt = (inputs: readonly tf.Tensor[]) => tf.tidy(() => loss(...inputs).dataSync()[0]!);

  return [
    [
      'it is a finite scalar, the same each time',
      withInputs((inputs) => {
        const rank = tf.tidy(() => loss(...inputs).rank);
        assert.equal(rank, 0, 'rank of the value');
        assert.ok(Number.isFinite(valueAt(inputs)));
        assert.equal(valueAt(inputs), valueAt(inputs));
      }),
    ],
    [
      'its gradient equals finite differences',
      withInputs((inputs) => {
        const gradients = tf.tidy(() =>
          tf
            .grads(loss)(inputs)
            .map((gradient) => Array.from(gradient.dataSync())),
        );
        inputs.forEach((input, i) => {
          const numeric = finiteDifferences((values) => {
            const moved = inputs.map((other, j) => (j === i ? tf.tensor(values, input.shape) : other));
            const value = valueAt(moved);
            moved[i]!.dispose();
            return value;
          }, input.dataSync() as Float32Array);
          // float32 values of size |L| give differences an error of about |L| 1e-7 / step.
          const absolute = 0.02 + Math.abs(valueAt(inputs)) * 1e-4;
          const { close, message } = allClose(gradients[i]!, numeric, { absolute, relative: 0.02 });
          assert.ok(close, `gradient of input ${i}: ${message}`);
        });
      }),
    ],
    [
      'no tensor is left, and the inputs are as they were',
      async () => {
        await keepsTensors(
          withInputs((inputs) => {
            const before = inputs.map((input) => Array.from(input.dataSync()));
            const alive = tf.memory().numTensors;
            loss(...inputs).dispose();
            assert.equal(tf.memory().numTensors, alive, 'tensors alive once the value is disposed');
            assert.deepEqual(
              inputs.map((input) => Array.from(input.dataSync())),
              before,
            );
          }),
        );
      },
    ],
  ].map(([name, run]) => ({ name: `${name as string} (seed ${seed})`, run: run as () => Promise<void> }));
}

function finiteDifferences(value: (values: Float32Array) => number, at: Float32Array): number[] {
  const step = 1e-2;
  return Array.from(at, (x, i) => {
    const moved = at.slice();
    moved[i] = x + step;
    const above = value(moved);
    moved[i] = x - step;
    return (above - value(moved)) / (2 * step);
  });
}
