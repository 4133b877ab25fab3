import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { GRAPHS_C5 } from '../graph-recipe.js';
import { completeModalities } from '../completion/complete-modalities.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import { compactFeatures } from './compact-features.js';
import { kernelViews } from './kernel-views.js';
import { viewFeatures } from './view-features.js';

function draw(n: number, d: number, seed: number, absent: boolean): KernelFeatures {
  const random = randomSource(seed).fork(`modality of ${d}`);
  const features = denseMatrix(
    Float32Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
  if (!absent) return { features };
  return { features, present: Uint8Array.from({ length: n }, (_, i) => (i % 5 === d % 5 ? 0 : 1)) };
}

test.prop([fc.nat(10_000), fc.integer({ min: 20, max: 60 }), fc.boolean(), fc.constantFrom(4, 12, 100)], {
  numRuns: 8,
})(
  'features that are made together are those of each view alone, to the last bit where no row is absent (seed, n, absent, rank)',
  async (seed, n, absent, rank) => {
    const fitted = completeModalities([draw(n, 6, seed, absent), draw(n, 4, seed, absent)]);
    const views = kernelViews(GRAPHS_C5, 2, 3);
    const options = { medians: [1, 2], landmarks: 15, rank, random: randomSource(seed) };
    const seen = [];
    for await (const { view, features } of viewFeatures(views, fitted, options)) {
      seen.push(view);
      const alone = (await compactFeatures(view, fitted, options)).features;
      if (!absent) expect(features).toEqual(alone);
      // Stand-ins are added up in another order; whitening makes more of what single precision rounds off.
      features.values.forEach((value, p) => expect(value).toBeCloseTo(alone.values[p]!, 3));
    }
    expect(new Set(seen)).toEqual(new Set(views));
  },
);
