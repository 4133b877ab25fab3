import { denseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { tf, toMatrix, toTensor } from './index.js';

test.prop([fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })])(
  'a matrix survives the way to a tensor and back',
  async (n, d) => {
    const matrix = denseMatrix(
      Float32Array.from({ length: n * d }, (_, i) => i / 3),
      n,
      d,
    );
    const before = tf.memory().numTensors;
    const tensor = toTensor(matrix);
    expect(await toMatrix(tensor)).toEqual(matrix);
    tensor.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);
