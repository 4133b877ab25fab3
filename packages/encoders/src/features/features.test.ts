import { randomSource, type Modality } from '@crossmodal/core';
import { onCpuWithoutLeaks, noisyImages, noisyVectors } from '@crossmodal/testing';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { applyFeatureMap } from './apply-feature-map.js';
import { featureMapSchema } from './feature-map-schema.js';
import { featureCount } from './feature-map.js';
import { fitWhitenedFeatures } from './fit-whitened-features.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

const size = { filters: 3, kernelSize: 3, cells: 2, components: 4, ridge: 0.01 };
const modalityOf = (kind: string, seed: number): Modality =>
  kind === 'images' ? noisyImages(9, 7, seed) : noisyVectors(9, 6, seed);

test.prop([fc.constantFrom('images', 'vectors'), fc.nat(99), fc.boolean()], { numRuns: 8 })(
  'the map gives the features again, as many as it says, zeros where absent (kind, seed, gaps)',
  async (kind, seed, gaps) => {
    const present = Uint8Array.from({ length: 9 }, (_, i) => (gaps && i % 4 === 0 ? 0 : 1));
    const modality = { ...modalityOf(kind, seed), present };
    const { map, features } = await fitWhitenedFeatures(modality, { ...size, random: randomSource(seed) });
    expect(featureCount(map)).toBe(features.columns);
    expect(features.columns).toBe(4);
    expect(await applyFeatureMap(map, modality)).toEqual(features);
    expect(featureMapSchema.parse(map)).toEqual(map);
    for (let p = 0; p < 4; p++) expect(features.values[p] === 0).toBe(gaps);
    const { whitening: _, ...plain } = map;
    expect((await applyFeatureMap(plain, modality)).columns).toBe(featureCount(plain));
  },
);

test('a whitening of other features is none', async () => {
  const [images, vectors] = await Promise.all(
    ['images', 'vectors'].map((kind) =>
      fitWhitenedFeatures(modalityOf(kind, 1), { ...size, random: randomSource(1) }),
    ),
  );
  const mixed = { frontEnd: images!.map.frontEnd, whitening: vectors!.map.whitening };
  expect(featureMapSchema.safeParse(mixed).success).toBe(false);
  const { factor: _, ...noFactor } = vectors!.map.whitening!;
  expect(featureMapSchema.safeParse({ ...vectors!.map, whitening: noFactor }).success).toBe(false);
});
