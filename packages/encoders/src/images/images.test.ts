import { images, isCrossmodalError, randomSource, selectRows, vectors } from '@crossmodal/core';
import { convolutionalEncoder } from '../convolutional/convolutional-encoder.js';
import { namedInitialiser } from '../initialisers/named-initialiser.js';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { chunkedForward } from '@crossmodal/tensors';
import { fitNetworkInput, networkSamples } from '@crossmodal/transforms';
import { onCpuWithoutLeaks, noisyImages, noisyVectors } from '@crossmodal/testing';
import { applyFrontEnd } from './apply-front-end.js';
import { frontEndFeatures } from './front-end-features.js';
import { imageFrontEnd } from './image-front-end.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

const size = { filters: 3, kernelSize: 3, cells: 2 };
const seeds = fc.nat(500);

describe('imageFrontEnd', () => {
  test('pools the shorter side of the smallest image to about the cells asked for', () => {
    const pool = (...shapes: number[][]) => imageFrontEnd({ shapes, cells: 7 }).layer.pool;
    expect([pool([28, 28, 1]), pool([32, 32, 3]), pool([28, 28, 1], [20, 15, 1], [4])]).toEqual([4, 4, 2]);
    expect([pool([5, 5, 1]), pool([10])]).toEqual([1, 1]);
    expect(imageFrontEnd({ shapes: [[28, 28, 1]] }).layer).toMatchObject({
      filters: 16,
      kernelSize: 5,
      pool: 4,
    });
  });

  test('patches start the first convolution alone; no patches, no images, vectors', () => {
    const modalities = [noisyImages(5, 6, 1), noisyVectors(5, 4, 2)];
    const shapes = [[6, 6, 1], [4]];
    const { initialiser } = imageFrontEnd({ shapes, modalities, ...size });
    expect(initialiser(1)).toBe('orthogonal');
    expect(imageFrontEnd({ shapes, ...size }).initialiser(0)).toBe('heNormal');
    const start = namedInitialiser(initialiser(0));
    const [first, second] = [0, 1].map(() => start([3, 3, 1, 3], { fanIn: 9, fanOut: 27 }, randomSource(1)));
    const sumOf = (kernel: Float32Array, f: number) =>
      kernel.filter((_, p) => p % 3 === f).reduce((sum, value) => sum + value, 0);
    // Filters from patches are centred.
    for (const f of [0, 1, 2]) expect(sumOf(first!, f)).toBeCloseTo(0, 5);
    expect([0, 1, 2].some((f) => Math.abs(sumOf(second!, f)) > 0.01)).toBe(true);
  });
});

test('filters are those of the present images: absent ones change nothing', () => {
  const all = noisyImages(9, 6, 3);
  const present = Uint8Array.of(1, 0, 0, 1, 0, 1, 0, 0, 1);
  const kernelOf = (modality: typeof all) => {
    const { initialiser } = imageFrontEnd({ shapes: [[6, 6, 1]], modalities: [modality], ...size });
    return namedInitialiser(initialiser(0))([3, 3, 1, 3], { fanIn: 9, fanOut: 27 }, randomSource(1));
  };
  expect(kernelOf({ ...all, present })).toEqual(kernelOf(selectRows(all, [0, 3, 5, 8])));
});

describe('frontEndFeatures', () => {
  test.prop([seeds, fc.boolean()], { numRuns: 5 })(
    'is the layer of the front end as an encoder starts with it; absent rows are zero (seed, gaps)',
    async (seed, gaps) => {
      const modality = noisyImages(7, 6, seed, gaps);
      const { features } = await frontEndFeatures(modality, { ...size, random: randomSource(seed) });
      const { layer, initialiser } = imageFrontEnd({ shapes: [[6, 6, 1]], modalities: [modality], ...size });
      const encoder = convolutionalEncoder({
        inputShape: [6, 6, 1],
        layers: [layer],
        initialiser: initialiser(0),
        random: randomSource(seed),
      });
      const forward = chunkedForward({
        where: 'test',
        forward: ({ x }) => ({ z: encoder.apply(x!, { training: false }) }),
      });
      const samples = networkSamples(fitNetworkInput(modality, 'unit'), modality.features, modality.present);
      const { z } = await forward.run({ x: samples });
      forward.dispose();
      encoder.dispose();
      expect(features).toMatchObject({ rows: 7, columns: 12 });
      features.values.forEach((value, p) => {
        const present = modality.present?.[Math.floor(p / 12)] !== 0;
        expect(value).toBeCloseTo(present ? z!.values[p]! : 0, 6);
      });
    },
  );

  test.prop([seeds, fc.boolean()], { numRuns: 5 })(
    'new samples get what they would have had in the fit, alone or together (seed, gaps)',
    async (seed, gaps) => {
      for (const modality of [noisyImages(6, 6, seed, gaps), noisyVectors(6, 4, seed, gaps)]) {
        const { features, frontEnd } = await frontEndFeatures(modality, { ...size, random: randomSource(1) });
        const rows = [4, 0, 4];
        const some = await applyFrontEnd(frontEnd, selectRows(modality, rows));
        const expected = rows.flatMap((i) => [
          ...features.values.subarray(i * features.columns, (i + 1) * features.columns),
        ]);
        expect(some.rows).toBe(3);
        some.values.forEach((value, p) => expect(value).toBeCloseTo(expected[p]!, 6));
        const none = await applyFrontEnd(frontEnd, selectRows(modality, []));
        expect(none).toMatchObject({ rows: 0, columns: features.columns });
      }
    },
  );

  test('more rows than a block are all there', async () => {
    const few = noisyImages(3, 4, 1);
    const { frontEnd } = await frontEndFeatures(few, { ...size, random: randomSource(1) });
    const rows = Int32Array.from({ length: 4100 }, (_, i) => i % 3);
    const once = await applyFrontEnd(frontEnd, few);
    const many = await applyFrontEnd(frontEnd, selectRows(few, rows));
    for (const i of [0, 4095, 4096, 4099]) {
      const row = (matrix: typeof once, at: number) =>
        matrix.values.slice(at * matrix.columns, (at + 1) * matrix.columns);
      row(many, i).forEach((value, q) => expect(value).toBeCloseTo(row(once, i % 3)[q]!, 6));
    }
  });

  test('the seed decides the filters', async () => {
    const modality = noisyImages(6, 6, 1);
    const kernel = async (seed: number) =>
      (await frontEndFeatures(modality, { ...size, random: randomSource(seed) })).frontEnd.convolution!
        .kernel;
    expect(await kernel(1)).toEqual(await kernel(1));
    expect(await kernel(1)).not.toEqual(await kernel(2));
  });

  test('refuses other shapes, and stops at a signal', async () => {
    const modality = noisyImages(6, 6, 1);
    const { frontEnd } = await frontEndFeatures(modality, { ...size, random: randomSource(1) });
    const wrong = [
      noisyImages(6, 5, 1),
      vectors('pictures', modality.features),
      images('others', modality.features, { height: 6, width: 6 }),
    ];
    for (const given of wrong)
      await expect(applyFrontEnd(frontEnd, given)).rejects.toSatisfy((error) =>
        isCrossmodalError(error, 'shape'),
      );
    const signal = AbortSignal.abort();
    for (const given of [modality, noisyVectors(6, 4, 1)])
      await expect(frontEndFeatures(given, { ...size, random: randomSource(1), signal })).rejects.toSatisfy(
        (error) => isCrossmodalError(error, 'aborted'),
      );
  });
});
