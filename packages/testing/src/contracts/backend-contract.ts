import assert from 'node:assert/strict';
import { randomSource } from '@crossmodal/core';
import { compile, seededNormal, tf } from '@crossmodal/tensors';
import fc from 'fast-check';
import { allClose, type Tolerance } from '../matchers/all-close.js';
import { backendPrograms, type BackendProgram } from './backend-programs.js';
import type { ContractCase } from './contract-case.js';
import { keepsTensors } from './keeps-tensors.js';

/** What {@link backendContract} takes. */
export interface BackendContractOptions {
  /** Programs it must run. @defaultValue all of `backendPrograms` */
  readonly programs?: readonly BackendProgram[];
  /** Draws of sizes and values for each program. @defaultValue 5 */
  readonly runs?: number;
  /** Seed of the draws. @defaultValue 0 */
  readonly seed?: number;
  /** How near the two backends must be; sums of float32 differ by their order. @defaultValue 1e-4 absolute, 1e-4 relative */
  readonly tolerance?: Tolerance;
}

/**
 * What every backend promises: small programs have the same value and the same gradients as on TensorFlow.js's cpu backend, a
 * compiled step trains to the same weights as an eager one, and no tensor is left.
 *
 * @param use - makes the backend under test the current one
 */
export function backendContract(
  use: () => Promise<unknown>,
  options: BackendContractOptions = {},
): readonly ContractCase[] {
  const {
    programs = backendPrograms,
    runs = 5,
    seed = 0,
    tolerance = { absolute: 1e-4, relative: 1e-4 },
  } = options;
  const size = fc.integer({ min: 1, max: 5 });

  const agree = (program: BackendProgram) => () =>
    fc.assert(
      fc.asyncProperty(size, size, fc.integer({ min: 0, max: 1e6 }), async (n, d, draw) => {
        await tf.setBackend('cpu');
        const expected = await keepsTensors(() => evaluate(program, n, d, draw));
        await use();
        const actual = await keepsTensors(() => evaluate(program, n, d, draw));
        actual.forEach((values, i) => {
          const { close, message } = allClose(values, expected[i]!, tolerance);
          assert.ok(close, `${i === 0 ? 'value' : `gradient of input ${i - 1}`}: ${message}`);
        });
      }),
      { seed, numRuns: runs },
    );

  const trains = async () => {
    await tf.setBackend('cpu');
    const expected = await keepsTensors(() => train(seed));
    await use();
    const { close, message } = allClose(await keepsTensors(() => train(seed)), expected, tolerance);
    assert.ok(close, message);
  };

  return [
    ...programs.map((program) => ({
      name: `${program.name}: value and gradients as on cpu (seed ${seed})`,
      run: agree(program),
    })),
    { name: `a compiled step trains as on cpu (seed ${seed})`, run: trains },
  ];
}

/** The value of a program, then the gradient of the sum of its squares for each input. */
async function evaluate(program: BackendProgram, n: number, d: number, draw: number): Promise<number[][]> {
  const random = randomSource(draw);
  const inputs = program.shapes(n, d).map((shape) => seededNormal(shape, random));
  const value = tf.tidy(() => program.apply(...inputs));
  const scalar = (...xs: tf.Tensor[]) => tf.sum(tf.square(program.apply(...xs))) as tf.Scalar;
  const gradients = tf.tidy(() => tf.grads(scalar)(inputs));
  const read = await Promise.all(
    [value, ...gradients].map(async (tensor) => Array.from(await tensor.data())),
  );
  tf.dispose([value, ...gradients, ...inputs]);
  return read;
}

/** Weights of a small regression after four compiled Adam steps, and the loss of each step. */
async function train(seed: number): Promise<number[]> {
  const random = randomSource(seed);
  const x = seededNormal([6, 4], random);
  const w = tf.tidy(() => tf.variable(seededNormal([4, 2], random)));
  const optimiser = tf.train.adam(0.05);
  const step = compile(({ input }) => {
    const value = () =>
      tf.mean(
        tf.square(tf.sub(tf.tanh(tf.matMul(input as tf.Tensor2D, w as tf.Tensor2D)), 0.5)),
      ) as tf.Scalar;
    return { loss: optimiser.minimize(value, true, [w])! };
  });
  const outcome: number[] = [];
  for (let i = 0; i < 4; i++) outcome.push(...(await step.run({ input: x }))['loss']!);
  outcome.push(...(await w.data()));
  step.dispose();
  optimiser.dispose();
  tf.dispose([x, w]);
  return outcome;
}
