import { denseMatrix, vectors } from '@crossmodal/core';
import { prepareModality } from '@crossmodal/transforms';
import { onCpuWithoutLeaks, noisyVectors } from '@crossmodal/testing';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { latentMedians } from './latent-medians.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

test('the median is over pairs of present samples, whatever is absent beside them', () => {
  const { features } = noisyVectors(20, 4, 1);
  const present = Uint8Array.from({ length: 50 }, (_, i) => (i < 20 ? 1 : 0));
  const values = new Float32Array(200);
  values.set(features.values);
  const [alone, beside] = latentMedians([
    prepareModality(vectors('alone', features)),
    prepareModality(vectors('beside', denseMatrix(values, 50, 4), present)),
  ]);
  expect(beside).toBeCloseTo(alone!, 5);
});
