import { randomSource } from '@crossmodal/core';
import { gradientError } from '@crossmodal/testing';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, expect } from 'vitest';
import { residualDense } from './residual-dense.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const anySize = fc.integer({ min: 1, max: 5 });

test.prop([anySize, anySize, fc.nat(999)], { numRuns: 20 })(
  'starts as the linear map it is given, and is the literal formula afterwards (sizes, seed)',
  (d, units, seed) => {
    const random = randomSource(seed);
    const weights = Float32Array.from({ length: d * units }, () => random.normal());
    const offsets = Float32Array.from({ length: units }, () => random.normal());
    const layer = residualDense({
      inputSize: d,
      units,
      hidden: 3,
      initialiser: () => weights,
      offsets,
      random,
    });
    tf.tidy(() => {
      const x = seededNormal([4, d], random);
      const linear = tf.add(tf.matMul(x, tf.tensor2d(weights, [d, units])), tf.tensor1d(offsets));
      const started = layer.apply(x, { training: true });
      expect(tf.max(tf.abs(tf.sub(started, linear))).dataSync()[0]).toBeLessThan(1e-5);

      const back = seededNormal([3, units], random);
      layer.trainable[4]!.assign(back);
      const [w, b, a, c] = layer.trainable.map((variable) => variable.dataSync());
      const given = x.dataSync();
      const bent = layer.apply(x, { training: false }).dataSync();
      for (let i = 0; i < 4; i++)
        for (let j = 0; j < units; j++) {
          let y = b![j]!;
          for (let p = 0; p < d; p++) y += given[i * d + p]! * w![p * units + j]!;
          for (let h = 0; h < 3; h++) {
            let inner = c![h]!;
            for (let p = 0; p < d; p++) inner += given[i * d + p]! * a![p * 3 + h]!;
            y += (inner > 0 ? inner : 0.2 * inner) * back.dataSync()[h * units + j]!;
          }
          expect(Math.abs(bent[i * units + j]! - y)).toBeLessThan(1e-4 * Math.max(1, Math.abs(y)));
        }
    });
    layer.dispose();
  },
);

test('gradients agree with finite differences', () => {
  const layer = residualDense({ inputSize: 3, units: 2, hidden: 4, random: randomSource(1) });
  const x = seededNormal([5, 3], randomSource(2));
  layer.trainable[4]!.assign(tf.tidy(() => seededNormal([4, 2], randomSource(3))));
  const value = () => tf.sum(tf.square(layer.apply(x, { training: true }))) as tf.Scalar;
  // A small step: the slope of a unit changes at 0.
  expect(gradientError(value, layer.trainable, 4, 1e-3)).toBeLessThan(2e-2);
  x.dispose();
  layer.dispose();
});

test('sizes that cannot be are refused', () => {
  const option: unknown = expect.objectContaining({ code: 'option' });
  const random = randomSource(0);
  for (const sizes of [{ inputSize: 0 }, { units: 1.5 }, { hidden: 0 }])
    expect(() => residualDense({ inputSize: 2, units: 2, ...sizes, random })).toThrow(option);
});
