import { denseMatrix, randomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { dense } from '../layers/dense.js';
import { assignLinearHead } from './assign-linear-head.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const size = fc.integer({ min: 1, max: 5 });

test.prop([size, size, fc.nat(3), fc.nat(99)], { numRuns: 20 })(
  'the first classes have the weights of the head, the others their own (d, k, further classes, seed)',
  async (d, k, further, seed) => {
    const random = randomSource(seed);
    const layer = dense({ inputSize: d, units: k + further, random });
    const before = layer.trainable.map((variable) => variable.dataSync().slice());
    const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
    const head = { kernel: denseMatrix(draw(d * k), d, k), offsets: draw(k) };
    const tensors = tf.memory().numTensors;
    await assignLinearHead(layer, head);
    expect(tf.memory().numTensors).toBe(tensors);
    const [kernel, bias] = layer.trainable.map((variable) => variable.dataSync());
    for (let c = 0; c < k + further; c++) {
      expect(bias![c]).toBe(c < k ? head.offsets[c] : before[1]![c]);
      for (let j = 0; j < d; j++) {
        const at = j * (k + further) + c;
        expect(kernel![at]).toBe(c < k ? head.kernel.values[j * k + c] : before[0]![at]);
      }
    }
    layer.dispose();
  },
);

test('a head that does not fit the layer is refused', async () => {
  const layer = dense({ inputSize: 2, units: 2, random: randomSource(1) });
  const bare = dense({ inputSize: 2, units: 2, bias: false, random: randomSource(1) });
  const fits = { kernel: denseMatrix(new Float32Array(4), 2, 2), offsets: new Float32Array(2) };
  const wide = { kernel: denseMatrix(new Float32Array(6), 2, 3), offsets: new Float32Array(3) };
  const shape = expect.objectContaining({ code: 'shape' });
  await expect(assignLinearHead(layer, wide)).rejects.toThrow(shape);
  await expect(assignLinearHead(bare, fits)).rejects.toThrow(shape);
  layer.dispose();
  bare.dispose();
});
