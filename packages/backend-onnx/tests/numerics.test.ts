import * as tf from '@tensorflow/tfjs';
import { fc, test as property } from '@fast-check/vitest';
import { beforeAll, expect, test } from 'vitest';
import { runCompiled, useOnnx } from './support/backends.js';

beforeAll(useOnnx);

test('a step keeps NaN, is 0 at both zeros, and 1 from the smallest normal number to infinity', async () => {
  const values = [NaN, 0, -0, 2 ** -126, Infinity, -(2 ** -126), -Infinity, 1e-3, 7];
  const { out } = await runCompiled(({ x }) => ({ out: tf.step(x!) }), { x: { values, shape: [9] } });
  expect(Array.from(out!, (value) => value + 0)).toEqual([NaN, 0, 0, 1, 1, 0, 0, 1, 1]);
});

property.prop([fc.array(fc.double({ min: -85, max: 85, noNaN: true }), { minLength: 1, maxLength: 40 })])(
  'softplus keeps its relative precision on both sides of zero',
  async (numbers) => {
    const values = numbers.map(Math.fround);
    const { out } = await runCompiled(({ x }) => ({ out: tf.softplus(x!) }), {
      x: { values, shape: [values.length] },
    });
    for (const [index, x] of values.entries()) {
      const exact = Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      // A few roundings of single precision, the exponential's among them.
      expect(Math.abs(out![index]! - exact)).toBeLessThanOrEqual(1e-6 * exact);
    }
  },
);

test('softplus at infinity, minus infinity and NaN', async () => {
  const values = [Infinity, -Infinity, NaN];
  const { out } = await runCompiled(({ x }) => ({ out: tf.softplus(x!) }), { x: { values, shape: [3] } });
  expect(Array.from(out!)).toEqual([Infinity, 0, NaN]);
});

property.prop([
  fc.uniqueArray(fc.integer({ min: -999, max: 999 }), { minLength: 2, maxLength: 60 }),
  fc.nat(100),
])('the largest values without order are the largest values', async (values, pick) => {
  const k = 1 + (pick % values.length);
  const { largest, indices } = await runCompiled(
    ({ x }) => {
      const top = tf.topk(x!, k, false);
      return { largest: top.values, indices: top.indices };
    },
    { x: { values, shape: [values.length] } },
  );
  const wanted = values.toSorted((a, b) => b - a).slice(0, k);
  expect(Array.from(largest!).sort((a, b) => b - a)).toEqual(wanted);
  expect(Array.from(indices!, (index) => values[index])).toEqual(Array.from(largest!));
});
