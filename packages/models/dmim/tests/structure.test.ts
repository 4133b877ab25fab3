import { denseMatrix, randomSource, vectors, type DenseMatrix } from '@crossmodal/core';
import { rotateTransforms } from '@crossmodal/alignment';
import { equalWeights } from '@crossmodal/self-expressive';
import { fc, test } from '@fast-check/vitest';
import { tf } from '@crossmodal/tensors';
import { beforeAll, describe, expect } from 'vitest';
import { fitDefaultInputs } from '../src/inputs/default-inputs.js';
import { appliedInputs, preparedData } from '../src/inputs/dmim-input.js';
import { defaultInputOptions } from '../src/options.js';
import { resolved } from './parts.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const seeds = fc.integer({ min: 0, max: 999 });

function normal(n: number, d: number, seed: number): DenseMatrix<Float32Array> {
  const random = randomSource(seed);
  return denseMatrix(
    Float32Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

const rowOf = ({ columns, values }: DenseMatrix<Float32Array>, i: number) =>
  values.subarray(i * columns, (i + 1) * columns);

describe('inputs that are rotated onto each other', () => {
  test.prop([seeds], { numRuns: 10 })(
    'undoes a rotation, and new samples go the same way (seed)',
    async (seed) => {
      const n = 60;
      const first = normal(n, 3, seed);
      first.values.forEach((value, p) => (first.values[p] = value * (1 + (p % 3))));
      const turned = Float32Array.from(first.values);
      for (let i = 0; i < n; i++) {
        const [x, y] = [first.values[i * 3]!, first.values[i * 3 + 1]!];
        turned[i * 3] = 0.6 * x - 0.8 * y;
        turned[i * 3 + 1] = 0.8 * x + 0.6 * y;
      }
      const modalities = [vectors('a', first), vectors('b', { ...first, values: turned })];
      const options = resolved(defaultInputOptions, { width: 3 });
      const fitted = await fitDefaultInputs(modalities, { options, random: randomSource(seed) });
      const aligned = rotateTransforms(fitted, 0);
      aligned[1]!.features.values.forEach((value, p) => {
        expect(value).toBeCloseTo(aligned[0]!.features.values[p]!, 3);
      });
      const { prepared } = preparedData(modalities, aligned, equalWeights(2));
      const again = await appliedInputs.apply(prepared, modalities, options);
      expect(again).toHaveLength(2);
      again.forEach(({ x }, v) => {
        x.values.forEach((value, p) => expect(value).toBeCloseTo(aligned[v]!.features.values[p]!, 3));
      });
    },
  );

  test.prop([seeds, fc.boolean()], { numRuns: 10 })(
    'keeps all distances, also of a modality wider than the reference (seed, wide first)',
    async (seed, wideFirst) => {
      const sizes = wideFirst ? [6, 3] : [3, 6];
      const modalities = sizes.map((d, v) => vectors(`m${v}`, normal(30, d, seed + v)));
      const options = resolved(defaultInputOptions);
      const fitted = await fitDefaultInputs(modalities, { options, random: randomSource(seed) });
      const [, after] = rotateTransforms(fitted, 0);
      const before = fitted[1]!;
      const distance = (m: DenseMatrix<Float32Array>, i: number, j: number) =>
        Math.hypot(...rowOf(m, i).map((value, q) => value - rowOf(m, j)[q]!));
      for (let i = 1; i < 30; i++)
        expect(distance(after!.features, 0, i)).toBeCloseTo(distance(before.features, 0, i), 3);
    },
  );
});
