import { randomSource } from '@crossmodal/core';
import { onCpuWithoutLeaks } from '@crossmodal/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEncoders } from './create-encoders.js';
import { createOwnEncoder } from './create-own-encoder.js';
import type { EncoderPart } from './encoder-part.js';
import { mlp } from './mlp/mlp.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

const part: EncoderPart = {
  name: 'small',
  create: ({ shape, random }) => mlp({ inputSize: shape[0]!, layers: [{ units: 3 }], random }),
};
const pair: EncoderPart = {
  name: 'pair',
  create: ({ shape, random }) => ({
    encoder: mlp({ inputSize: shape[0]!, layers: [{ units: 3 }], random }),
    decoder: mlp({ inputSize: 3, layers: [{ units: shape[0]! }], random }),
  }),
};
const options = { modality: 1, shape: [5], random: randomSource(1) };

describe('createOwnEncoder', () => {
  test('gives the encoder, alone or with its decoder, and draws nothing from the source', () => {
    const random = randomSource(4);
    const one = createOwnEncoder(part, { ...options, random });
    const two = createOwnEncoder(part, { ...options, random, latentSize: 3 });
    expect('decoder' in one).toBe(false);
    expect([...two.encoder.variables[0]!.dataSync()]).toEqual([...one.encoder.variables[0]!.dataSync()]);
    expect(random.uniform()).toBe(randomSource(4).uniform());
    const { encoder, decoder } = createOwnEncoder(pair, options);
    expect([encoder.outputShape, decoder!.outputShape]).toEqual([[3], [5]]);
    for (const module of [one.encoder, two.encoder, encoder, decoder!]) module.dispose();
  });

  test.each([
    [
      'samples of another shape',
      { ...part, create: () => mlp({ inputSize: 4, layers: [], random: randomSource(1) }) },
      {},
    ],
    ['another latent than asked for', pair, { latentSize: 4 }],
  ])('%s: refused, and freed', (_, own, change) => {
    expect(() => createOwnEncoder(own, { ...options, ...change })).toThrow(
      expect.objectContaining({ code: 'shape', message: expect.stringContaining(`'${own.name}'`) as string }),
    );
  });
});

describe('createEncoders', () => {
  const random = randomSource(2);
  const create = ([inputSize = 0]: readonly number[]) => mlp({ inputSize, layers: [{ units: 3 }], random });
  const all = { where: 'test', shapes: [[5], [4]], latentSize: 3, create, random };

  test('own ones stand where they are given; what decodes is freed', () => {
    const encoders = createEncoders({ ...all, own: [undefined, pair] });
    expect(encoders.map(({ inputShape, outputShape }) => [inputShape, outputShape])).toEqual([
      [[5], [3]],
      [[4], [3]],
    ]);
    for (const encoder of encoders) encoder.dispose();
  });

  test.each([
    ['more than modalities', [undefined, undefined, part], 'option'],
    ['one that does not fit, the first freed', [undefined, { ...part, create: () => create([9]) }], 'shape'],
  ])('%s: refused', (_, own, code) => {
    expect(() => createEncoders({ ...all, own })).toThrow(expect.objectContaining({ code }));
  });
});
