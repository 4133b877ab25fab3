import { isCrossmodalError, randomSource } from '@crossmodal/core';
import { mlp, mlpDecoder, type ConvolutionLayerOptions, type DenseLayerOptions } from '@crossmodal/encoders';
import { gradientError } from '@crossmodal/testing';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { affinityFusion } from './affinity-fusion.js';
import { createMultimodalAutoencoder, type FusionOptions } from './networks/create-multimodal-autoencoder.js';
import { earlyFusion } from './spatial/early-fusion.js';
import type { FusionFunction } from './spatial/fusion-function.js';
import type { Fusion } from './fusion.js';
import { intermediateFusion } from './spatial/intermediate-fusion.js';
import { lateFusion } from './spatial/late-fusion.js';

const training = { training: true };
const inference = { training: false };

beforeAll(async () => {
  await tf.setBackend('cpu');
});

let tensors = 0;
beforeEach(() => {
  tensors = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensors);
});

const convolutions: readonly ConvolutionLayerOptions[] = [
  { filters: 2, kernelSize: 3, strides: 2, activation: 'tanh' },
  { filters: 3, kernelSize: 3, strides: 2, activation: 'tanh' },
];
const denses: readonly DenseLayerOptions[] = [
  { units: 5, activation: 'tanh' },
  { units: 4, activation: 'tanh' },
];
const build = (shapes: readonly (readonly number[])[], fusion: FusionOptions, seed = 1): Fusion =>
  createMultimodalAutoencoder({
    shapes,
    fusion,
    images: { layers: convolutions },
    vectors: { layers: denses },
    random: randomSource(seed),
  });

const draw = (fusion: Fusion, n = 3) => {
  const random = randomSource(4);
  return fusion.inputShapes.map((shape) => seededNormal([n, ...shape], random));
};

const spatial: readonly FusionOptions[] = (['early', 'intermediate', 'late'] as const).flatMap((kind) =>
  (['sum', 'max', 'concat'] as const).map((name) => ({ kind, function: name })),
);
const all: readonly FusionOptions[] = [{ kind: 'affinity' }, ...spatial];
const label = (fusion: FusionOptions) => `${fusion.kind}${'function' in fusion ? ` ${fusion.function}` : ''}`;

const settings: Record<string, readonly (readonly number[])[]> = {
  'images of one shape': [
    [7, 6, 1],
    [7, 6, 1],
    [7, 6, 1],
  ],
  'vectors of one length': [[6], [6]],
  'one modality': [[5]],
};
const different: Record<string, readonly (readonly number[])[]> = {
  'images of two sizes': [
    [7, 6, 1],
    [5, 9, 3],
  ],
  'images and vectors': [[7, 6, 1], [9]],
  'vectors of two lengths': [[3], [8]],
};

const cases = [
  ...Object.entries(settings).flatMap(([what, shapes]) =>
    all.map((fusion) => [what, label(fusion), shapes, fusion] as const),
  ),
  ...Object.entries(different).flatMap(([what, shapes]) =>
    all
      .filter((fusion) => fusion.kind === 'affinity' || fusion.function === 'concat')
      .map((fusion) => [what, label(fusion), shapes, fusion] as const),
  ),
];

describe.each(cases)('%s, %s', (_what, _label, shapes, options) => {
  test('encodes to its latents and decodes to its inputs', () => {
    const fusion = build(shapes, options);
    tf.tidy(() => {
      const x = draw(fusion);
      const latents = fusion.encode(x, training);
      expect(latents.map(({ shape }) => shape)).toEqual(fusion.latentSizes.map((size) => [3, size]));
      expect(latents).toHaveLength(options.kind === 'affinity' ? shapes.length : 1);
      expect(fusion.decode(latents, training).map(({ shape }) => shape)).toEqual(
        shapes.map((shape) => [3, ...shape]),
      );
    });
    fusion.dispose();
  });

  test('leaves no tensor but what it returns', () => {
    const fusion = build(shapes, options);
    const x = draw(fusion);
    const before = tf.memory().numTensors;
    const latents = fusion.encode(x, training);
    const xhat = fusion.decode(latents, training);
    expect(tf.memory().numTensors).toBe(before + latents.length + xhat.length);
    tf.dispose([x, latents, xhat]);
    fusion.dispose();
    fusion.dispose();
  });

  test('every variable gets a gradient, which agrees with finite differences', () => {
    const fusion = build(shapes, options);
    const x = draw(fusion);
    // Two samples closer than a step of finite differences would make max switch; the seeds here do not.
    const f = () =>
      fusion
        .decode(fusion.encode(x, training), training)
        .map((xhat, v) => tf.mean(tf.square(tf.sub(xhat, x[v]!))))
        .reduce((sum, next) => tf.add(sum, next)) as tf.Scalar;
    const { value, grads } = tf.variableGrads(f, [...fusion.trainable]);
    expect(Object.keys(grads)).toHaveLength(fusion.trainable.length);
    tf.dispose([value, grads]);
    // Float32 with steps of 2e-3, relative to 1.
    expect(gradientError(f, fusion.trainable, 7, 2e-3)).toBeLessThan(5e-3);
    tf.dispose(x);
    fusion.dispose();
  });

  test('samples do not mix: a permutation of rows goes through', () => {
    const fusion = build(shapes, options);
    tf.tidy(() => {
      const x = draw(fusion, 4);
      const order = tf.tensor1d([2, 0, 3, 1], 'int32');
      const once = fusion.encode(x, inference).map((z) => tf.gather(z, order));
      const permuted = fusion.encode(
        x.map((tensor) => tf.gather(tensor, order)),
        inference,
      );
      permuted.forEach((z, i) =>
        expect(tf.max(tf.abs(tf.sub(z, once[i]!))).dataSync()[0]).toBeLessThan(1e-6),
      );
    });
    fusion.dispose();
  });

  test('is decided by its seed', () => {
    const values = (seed: number) => {
      const fusion = build(shapes, options, seed);
      const read = fusion.variables.map((variable) => [...variable.dataSync()]);
      fusion.dispose();
      return read;
    };
    expect(values(1)).toEqual(values(1));
    expect(values(1)).not.toEqual(values(2));
  });

  test('refuses another number of modalities or latents', () => {
    const fusion = build(shapes, options);
    tf.tidy(() => {
      const x = draw(fusion);
      const z = fusion.encode(x, inference);
      expect(() => fusion.encode([...x, x[0]!], inference)).toThrowError(/modalities, got/);
      expect(() => fusion.decode([...z, z[0]!], inference)).toThrowError(/latents?, got/);
    });
    fusion.dispose();
  });
});

describe('what cannot be merged', () => {
  const summed = spatial.filter((fusion) => fusion.kind !== 'affinity' && fusion.function !== 'concat');
  const impossible = Object.entries(different).flatMap(([what, shapes]) =>
    // After whole encoders, vectors of any length are of one length.
    summed
      .filter((fusion) => !(what === 'vectors of two lengths' && fusion.kind !== 'early'))
      .map((fusion) => [what, label(fusion), shapes, fusion] as const),
  );
  test.each(impossible)(
    '%s by %s: refused with advice, and nothing is left behind',
    (_what, _label, shapes, options) => {
      let caught: unknown;
      try {
        build(shapes, options);
      } catch (error) {
        caught = error;
      }
      expect(isCrossmodalError(caught, 'shape')).toBe(true);
      expect((caught as Error).message).toContain('Use affinity fusion');
    },
  );
});

describe('the kinds differ as stated', () => {
  const shapes = settings['images of one shape']!;
  const kernels = (fusion: Fusion) => {
    const inputs = fusion.trainable.filter(({ shape }) => shape.length === 4).map(({ shape }) => shape[2]);
    fusion.dispose();
    return inputs;
  };

  test('early concat stacks images as channels', () => {
    expect(kernels(build(shapes, { kind: 'early', function: 'concat' }))[0]).toBe(3);
    expect(kernels(build(shapes, { kind: 'early', function: 'sum' }))[0]).toBe(1);
  });

  test('late concat of maps goes to the decoders as channels', () => {
    const fusion = build(shapes, { kind: 'late', function: 'concat' });
    expect(fusion.latentSizes).toEqual([2 * 2 * 9]);
    fusion.dispose();
  });

  test('a tree merges weak modalities first', () => {
    const tree = { depth: 2, children: [0, { depth: 1, children: [2, 1] }] };
    const fusion = build(shapes, { kind: 'intermediate', function: 'sum', tree });
    tf.tidy(() => {
      const x = draw(fusion);
      const z = (inputs: tf.Tensor[]) => fusion.encode(inputs, inference)[0]!;
      expect(fusion.decode([z(x)], inference)).toHaveLength(3);
    });
    // Encoder 0: two layers; encoders 1 and 2: one; the first merge: one; the last: none.
    const encoders = 2 + 1 + 1 + 1;
    const decoders = 3 * 2;
    expect(fusion.trainable).toHaveLength(2 * (encoders + decoders));
    fusion.dispose();
  });

  test.each([
    ['a depth without layers after it', { depth: 2 }],
    ['a depth without layers before it', { depth: 0 }],
    ['a tree that names a modality it has not', { tree: { depth: 1, children: [0, 1, 3] } }],
    ['a tree whose depth falls', { tree: { depth: 1, children: [0, { depth: 2, children: [1, 2] }] } }],
  ])('refuses %s', (_what, extra) => {
    expect(() => build(shapes, { kind: 'intermediate', function: 'sum', ...extra })).toThrowError(
      /fusion option '(depth|tree)'/,
    );
  });

  test('refuses a tree that leaves a modality out, no modality, and shapes that are none', () => {
    const tree = { depth: 1, children: [0, 2] };
    expect(() => build(shapes, { kind: 'intermediate', function: 'sum', tree })).toThrowError(
      /every modality once/,
    );
    expect(() => build([], { kind: 'affinity' })).toThrowError(/one modality at least/);
    expect(() => build([[2, 3]], { kind: 'affinity' })).toThrowError(
      /modality 0: expected \[height, width, channels\] or \[d\]/,
    );
  });

  test('in affinity fusion a modality does not depend on the others', () => {
    const both = build([[4], [6]], { kind: 'affinity' });
    const alone = build([[4]], { kind: 'affinity' });
    tf.tidy(() => {
      const x = draw(both);
      expect(both.encode(x, inference)[0]!.dataSync()).toEqual(
        alone.encode([x[0]!], inference)[0]!.dataSync(),
      );
    });
    both.dispose();
    alone.dispose();
  });
});

describe('assembled by hand', () => {
  const random = () => randomSource(2);
  const encoder = (inputSize: number, units: number) =>
    mlp({ inputSize, layers: [{ units }], random: random() });
  const decoder = (latentSize: number, inputSize: number) =>
    mlpDecoder({ inputSize, layers: [{ units: latentSize }], random: random() });

  const assemblies: Record<string, () => Fusion> = {
    early: () =>
      earlyFusion({
        inputShapes: [[2], [3]],
        function: 'concat',
        encoder: encoder(5, 4),
        decoders: [decoder(4, 2), decoder(4, 3)],
      }),
    intermediate: () =>
      intermediateFusion({
        branches: [encoder(2, 6), encoder(3, 6)],
        function: 'max',
        trunk: encoder(6, 4),
        decoders: [decoder(4, 2), decoder(4, 3)],
      }),
    late: () =>
      lateFusion({
        encoders: [encoder(2, 4), encoder(3, 4)],
        function: 'sum',
        decoders: [decoder(4, 2), decoder(4, 3)],
      }),
    affinity: () =>
      affinityFusion({ encoders: [encoder(2, 4), encoder(3, 5)], decoders: [decoder(4, 2), decoder(5, 3)] }),
  };

  test.each(Object.entries(assemblies))('%s', (kind, make) => {
    const fusion = make();
    expect(fusion.kind).toBe(kind);
    expect(fusion.inputShapes).toEqual([[2], [3]]);
    tf.tidy(() => {
      const xhat = fusion.decode(fusion.encode(draw(fusion), training), training);
      expect(xhat.map(({ shape }) => shape)).toEqual([
        [3, 2],
        [3, 3],
      ]);
    });
    fusion.dispose();
  });

  test.prop([fc.constantFrom<FusionFunction>('sum', 'max')])(
    'late %s is the function of the encoders outputs',
    (name) => {
      const encoders = [encoder(2, 4), encoder(3, 4)];
      const fusion = lateFusion({ encoders, function: name, decoders: [decoder(4, 2), decoder(4, 3)] });
      tf.tidy(() => {
        const x = draw(fusion);
        const [a, b] = encoders.map((layer, v) => layer.apply(x[v]!, inference));
        const expected = name === 'sum' ? tf.add(a!, b!) : tf.maximum(a!, b!);
        expect(fusion.encode(x, inference)[0]!.dataSync()).toEqual(expected.dataSync());
      });
      fusion.dispose();
    },
  );

  test('refuses parts that do not fit', () => {
    const [e, wrongLatent, wrongOutput] = [encoder(2, 4), decoder(3, 2), decoder(4, 9)];
    const trunk = encoder(7, 4);
    const fine = decoder(4, 2);
    expect(() => affinityFusion({ encoders: [e], decoders: [] })).toThrowError(/1 decoders, got 0/);
    expect(() => affinityFusion({ encoders: [e], decoders: [wrongLatent] })).toThrowError(
      /decoder 0 to take the latent \[n, 4\]/,
    );
    expect(() => lateFusion({ encoders: [e], function: 'sum', decoders: [wrongOutput] })).toThrowError(
      /decoder 0 to give modality 0 back/,
    );
    expect(() =>
      intermediateFusion({ branches: [e], function: 'sum', trunk, decoders: [fine] }),
    ).toThrowError(/takes the merged features \[n, 4\]/);
    for (const module of [e, wrongLatent, wrongOutput, trunk, fine]) module.dispose();
  });
});
