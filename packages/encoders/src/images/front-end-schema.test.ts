import { randomSource } from '@crossmodal/core';
import { onCpuWithoutLeaks, noisyImages, noisyVectors } from '@crossmodal/testing';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { frontEndFeatures } from './front-end-features.js';
import { frontEndSchema } from './front-end-schema.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

const random = randomSource(1);
const images = await frontEndFeatures(noisyImages(5, 7, 1), { filters: 3, kernelSize: 3, cells: 2, random });
const vectors = await frontEndFeatures(noisyVectors(5, 4, 2), { random });

test.each([
  ['images', images],
  ['vectors', vectors],
])('%s: what was fitted passes', (_, { frontEnd }) => {
  expect(frontEndSchema.parse(frontEnd)).toEqual(frontEnd);
});

const { input, convolution } = images.frontEnd;

test.each<[string, object]>([
  ['no input', { convolution }],
  ['another shape', { input: { ...input, shape: [3, 3, 1] }, convolution }],
  ['images without channels', { input: { ...input, shape: [49] }, convolution }],
  ['a kernel of another size', { input, convolution: { ...convolution, kernelSize: 5 } }],
  ['a kernel of other filters', { input, convolution: { ...convolution, filters: 2 } }],
  ['a transform that is none', { input: { ...input, transform: {} } }],
  ['half a filter', { input, convolution: { ...convolution, filters: 0.5 } }],
])('%s does not', (_, frontEnd) => {
  expect(frontEndSchema.safeParse(frontEnd).success).toBe(false);
});
