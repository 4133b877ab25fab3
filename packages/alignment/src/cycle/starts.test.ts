import { fromRows, randomSource } from '@crossmodal/core';
import { dense } from '@crossmodal/encoders';
import { tf } from '@crossmodal/tensors';
import { beforeAll, expect, test } from 'vitest';
import { createCriticPairs } from './create-critic-pairs.js';
import { createCycleMapping } from './create-cycle-mapping.js';
import { createResidualMapping, residualMap } from './create-residual-mapping.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const inference = { training: false };

test('residual maps start where they are told, and at random elsewhere (anchor 1)', () => {
  const turn = {
    weights: fromRows([
      [0, 1],
      [-1, 0],
    ]),
    offsets: Float64Array.of(0, 0),
  };
  const shift = {
    weights: fromRows([
      [1, 0],
      [0, 1],
    ]),
    offsets: Float64Array.of(5, 7),
  };
  const starts = [{ to: turn, from: shift }, undefined];
  const before = tf.memory().numTensors;
  const mapping = createResidualMapping({
    modalities: 3,
    anchor: 1,
    latentSize: 2,
    starts,
    random: randomSource(3),
  });
  const others = createResidualMapping({ modalities: 3, anchor: 1, latentSize: 2, random: randomSource(3) });
  const z = tf.tensor2d([[1, 2]]);
  const values = (from: number, to: number, by = mapping) =>
    tf.tidy(() => [...by.translate(z, from, to, inference).dataSync()]);
  expect(values(0, 1)).toEqual([-2, 1]);
  expect(values(1, 0)).toEqual([6, 9]);
  expect(values(0, 1, others)).not.toEqual(values(0, 1));
  // The maps of one modality do not depend on those of another.
  expect(values(2, 1, others)).toEqual(values(2, 1));
  z.dispose();
  mapping.dispose();
  others.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a start of another size is refused', () => {
  const start = { weights: fromRows([[1, 0]]), offsets: Float64Array.of(0, 0) };
  expect(() => residualMap({ inputSize: 2, units: 2, start, random: randomSource(0) })).toThrow();
});

test('critics: two per modality beside the anchor, of the sizes of the spaces; own ones must give a score', () => {
  const random = randomSource(1);
  const before = tf.memory().numTensors;
  const mapping = createCycleMapping({ latentSizes: [3, 2, 4], anchor: 1, random });
  const { pairs, dispose } = createCriticPairs(mapping, { random });
  expect(pairs.map(({ inAnchor, inModality }) => [inAnchor.inputShape, inModality.inputShape])).toEqual([
    [[2], [3]],
    [[2], [4]],
  ]);
  dispose();
  const sizes: number[] = [];
  const own = {
    name: 'own',
    create: (context: { readonly latentSize: number; readonly random: typeof random }) => {
      sizes.push(context.latentSize);
      return dense({ inputSize: context.latentSize, units: context.latentSize === 4 ? 2 : 1, random });
    },
  };
  expect(() => createCriticPairs(mapping, { critic: own, random })).toThrow(
    expect.objectContaining({ code: 'shape' }),
  );
  expect(sizes).toEqual([2, 3, 2, 4]);
  mapping.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
