import { denseMatrix, images, randomSource, selectRows, vectors } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { fitCentre, fitUnitRows } from '@crossmodal/transforms';
import { beforeAll, expect, test } from 'vitest';
import { frontEndFeatures } from './front-end-features.js';
import { sharedFrontEnds, shareFrontEnds } from './shared-front-ends.js';
import { applyFeatures, withSteps } from './with-steps.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const size = { filters: 4, kernelSize: 3, cells: 2 };

function noise(name: string, seed: number, side = 6, scale = 1) {
  const random = randomSource(seed);
  const pixels = Float32Array.from({ length: 10 * side * side }, () => scale * random.uniform());
  return images(name, denseMatrix(pixels, 10, side * side), { height: side, width: side });
}

test('images of one size share filters, and each is scaled by itself', () => {
  const [first, second] = sharedFrontEnds([noise('a', 1), noise('b', 2, 6, 100)], {
    ...size,
    random: randomSource(3),
  });
  expect(first!.convolution).toBe(second!.convolution);
  expect(first!.convolution).toMatchObject({ filters: 4, kernelSize: 3 });
  expect([first!.input.name, second!.input.name]).toEqual(['a', 'b']);
  // The brighter images do not decide the scale of the others.
  for (const [frontEnd, modality] of [
    [first!, noise('a', 1)],
    [second!, noise('b', 2, 6, 100)],
  ] as const) {
    const { values } = frontEnd.input.transform.apply(modality.features);
    expect(Math.max(...values)).toBeCloseTo(1, 6);
  }
});

test('filters come from the patches of all', () => {
  const kernel = (seed: number) =>
    sharedFrontEnds([noise('a', 1), noise('b', seed)], { ...size, random: randomSource(3) })[0]!.convolution!
      .kernel;
  expect(kernel(2)).toEqual(kernel(2));
  expect(kernel(4)).not.toEqual(kernel(2));
});

test('vectors, and images of other sizes, share nothing', () => {
  const points = vectors('points', noise('a', 1).features);
  for (const modalities of [[noise('a', 1), noise('b', 2, 5)], [points], [noise('a', 1), points]]) {
    expect(shareFrontEnds(modalities)).toBe(false);
    expect(() => sharedFrontEnds(modalities, { ...size, random: randomSource(0) })).toThrow(
      expect.objectContaining({ code: 'shape' }),
    );
  }
  expect(shareFrontEnds([noise('a', 1), noise('b', 2)])).toBe(true);
});

test('steps are fitted one behind the other, and applied again to other rows', async () => {
  const modality = noise('a', 1);
  const raw = await frontEndFeatures(modality, { ...size, random: randomSource(3) });
  const fitted = withSteps(withSteps(raw, [fitUnitRows]), [fitCentre]);
  const { columns, values } = fitted.features;
  const unit = fitUnitRows(raw.features).apply(raw.features);
  expect(values).toEqual(fitCentre(unit).apply(unit).values);
  const part = await applyFeatures(fitted, selectRows(modality, [3, 1]));
  expect(part.values).toEqual(
    Float32Array.from([...values.slice(3 * columns, 4 * columns), ...values.slice(columns, 2 * columns)]),
  );
  expect((await applyFeatures(fitted, selectRows(modality, []))).rows).toBe(0);
});
