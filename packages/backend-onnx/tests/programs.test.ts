import * as tf from '@tensorflow/tfjs';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { expectClose, runCompiled, runEagerly, useOnnx } from './support/backends.js';
import { numbers, programs, programStep } from './support/program.js';

const shapes = fc.constantFrom<number[][]>([4, 5], [3, 2, 4], [2, 5, 4, 2], [1, 4, 6, 1], [6, 1]);
const cases = fc.record({ shape: shapes, seed: fc.nat(), instructions: programs });

beforeAll(useOnnx);

test.prop([cases], { numRuns: 60 })(
  'a random program and its gradients are the same compiled, eager, and on the cpu backend',
  async ({ shape, seed, instructions }) => {
    const step = programStep(instructions);
    const size = shape.reduce((product, extent) => product * extent, 1);
    const inputs = {
      x: { values: numbers(seed, size), shape },
      w: { values: numbers(seed + 1, 36), shape: [3, 3, 2, 2] },
    };
    const before = tf.memory().numTensors;
    const expected = await runEagerly('cpu', step, inputs);
    // Seven operations in single precision, each summing in its own order.
    expectClose(await runEagerly('onnx', step, inputs), expected, 2e-5);
    expectClose(await runCompiled(step, inputs), expected, 2e-5);
    expect(tf.memory().numTensors).toBe(before);
  },
);
