import { denseMatrix, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { tf, toMatrix, toTensor } from '@crossmodal/tensors';
import { onCpuWithoutLeaks } from '@crossmodal/testing';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { dense } from '../layers/dense.js';
import { startAtComponents } from './start-at-components.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

async function outputs(features: DenseMatrix, units: number, present?: Uint8Array) {
  const layer = dense({ inputSize: features.columns, units, random: randomSource(2) });
  startAtComponents(layer, features, { present, random: randomSource(3) });
  const z = tf.tidy(() => layer.apply(toTensor(features), { training: false }) as tf.Tensor2D);
  layer.dispose();
  return toMatrix(z).finally(() => z.dispose());
}

/** Rows `[n, d]` with a spread of its own along every axis, so that components are told apart. */
function spread(n: number, d: number, seed: number): DenseMatrix {
  const random = randomSource(seed);
  return denseMatrix(
    Float32Array.from({ length: n * d }, (_, p) => 5 + random.normal() * 3 ** (p % d)),
    n,
    d,
  );
}

const covariance = ({ rows, columns, values }: DenseMatrix, a: number, b: number) => {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += values[i * columns + a]! * values[i * columns + b]!;
  return sum / rows;
};

test.prop([
  fc.integer({ min: 12, max: 30 }),
  fc.integer({ min: 2, max: 4 }),
  fc.integer({ min: 0, max: 99 }),
])(
  'outputs are centred, uncorrelated, of falling variance, and have the mean square 1',
  async (n, d, seed) => {
    const z = await outputs(spread(n, d, seed), d);
    const variances = Array.from({ length: d }, (_, a) => covariance(z, a, a));
    expect(variances.reduce((sum, value) => sum + value, 0) / d).toBeCloseTo(1, 3);
    for (let a = 1; a < d; a++) {
      expect(variances[a]!).toBeLessThanOrEqual(variances[a - 1]! + 1e-6);
      expect(Math.abs(covariance(z, a, a - 1))).toBeLessThan(1e-2);
    }
    for (let a = 0; a < d; a++) {
      let mean = 0;
      for (let i = 0; i < n; i++) mean += z.values[i * d + a]! / n;
      expect(Math.abs(mean)).toBeLessThan(1e-3);
    }
  },
);

test('absent rows decide nothing, and units beyond the samples stay zero', async () => {
  const features = spread(8, 3, 1);
  const present = Uint8Array.from([1, 1, 1, 1, 1, 1, 0, 0]);
  const changed = denseMatrix(Float32Array.from(features.values), 8, 3);
  changed.values.fill(100, 18);
  const [one, other] = [await outputs(features, 2, present), await outputs(changed, 2, present)];
  expect([...other.values.subarray(0, 12)]).toEqual([...one.values.subarray(0, 12)]);

  const narrow = await outputs(spread(9, 2, 1), 3);
  expect(Array.from({ length: 9 }, (_, i) => Math.abs(narrow.values[3 * i + 2]!))).toEqual(
    new Array(9).fill(0),
  );
  const few = await outputs(spread(2, 5, 1), 4);
  for (let i = 0; i < 2; i++)
    expect([...few.values.subarray(4 * i + 2, 4 * i + 4)].map(Math.abs)).toEqual([0, 0]);
});

test('equal samples have no components, and a layer that starts there gives zeros', async () => {
  const equal = denseMatrix(new Float64Array(12).fill(3), 4, 3);
  expect(Math.max(...(await outputs(equal, 2)).values.map(Math.abs))).toBeLessThan(1e-5);
});
