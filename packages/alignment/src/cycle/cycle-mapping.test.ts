import { randomSource } from '@crossmodal/core';
import { dense, sequential, type Layer } from '@crossmodal/encoders';
import { cycleConsistency, wassersteinCritic, wassersteinGenerator } from '@crossmodal/losses';
import { compile, seededNormal, tf, useBackend, type ApplyContext } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createCycleMapping } from './create-cycle-mapping.js';
import { cycleMapping } from './cycle-mapping.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterAll(async () => {
  await tf.setBackend('cpu');
});

const inference: ApplyContext = { training: false };
const identity = (size: number) => sequential([size], []);
const valuesOf = (body: () => tf.Tensor) => tf.tidy(() => Array.from(body().dataSync()));

/** A linear map with given weights. */
function linear(rows: readonly (readonly number[])[]): Layer {
  return dense({
    inputSize: rows.length,
    units: rows[0]!.length,
    initialiser: () => Float32Array.from(rows.flat()),
    random: randomSource(0),
  });
}

const anySetting = fc
  .record({
    latentSizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2, maxLength: 4 }),
    anchor: fc.nat(3),
    seed: fc.nat(999),
    batchNorm: fc.boolean(),
  })
  .map((setting) => ({ ...setting, anchor: setting.anchor % setting.latentSizes.length }));

describe('built from sizes', () => {
  test.prop([anySetting], { numRuns: 30 })(
    'every way has the sizes of its ends, goes through the anchor, and nothing leaks (sizes, anchor, seed)',
    ({ latentSizes, anchor, seed, batchNorm }) => {
      const before = tf.memory().numTensors;
      const mapping = createCycleMapping({
        latentSizes,
        anchor,
        hidden: [{ units: 4, activation: 'leakyRelu', batchNorm }],
        random: randomSource(seed),
      });
      expect(mapping.latentSizes).toEqual(latentSizes);
      expect(mapping.others).toHaveLength(latentSizes.length - 1);
      expect(mapping.variables.slice(0, mapping.trainable.length)).toEqual(mapping.trainable);
      tf.tidy(() => {
        const latents = latentSizes.map((size, v) => seededNormal([v + 1, size], randomSource(seed + v)));
        latents.forEach((z, from) => {
          latentSizes.forEach((size, to) => {
            const there = mapping.translate(z, from, to, inference);
            expect(there.shape).toEqual([from + 1, size]);
            const steps = () =>
              mapping.translate(mapping.translate(z, from, anchor, inference), anchor, to, inference);
            if (from !== to) expect(Array.from(there.dataSync())).toEqual(valuesOf(steps));
            else expect(Array.from(there.dataSync())).toEqual(Array.from(z.dataSync()));
            const back = mapping.roundTrip(z, from, to, inference);
            expect(Array.from(back.dataSync())).toEqual(
              valuesOf(() => mapping.translate(there, to, from, inference)),
            );
          });
        });
        const unified = mapping.unify(latents, inference);
        expect(unified.map(({ shape }) => shape)).toEqual(
          latents.map((_, v) => [v + 1, latentSizes[anchor]]),
        );
      });
      mapping.dispose();
      mapping.dispose();
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test('the seed decides the weights, and each map has its own', () => {
    const make = (seed: number) =>
      createCycleMapping({ latentSizes: [3, 3, 3], anchor: 1, random: randomSource(seed) });
    const mappings = [make(1), make(1), make(2)];
    const weights = mappings.map(({ trainable }) => trainable.map((w) => Array.from(w.dataSync())));
    expect(weights[1]).toEqual(weights[0]);
    expect(weights[2]).not.toEqual(weights[0]);
    expect(new Set(weights[0]!.filter((w) => w.length === 9).map((w) => w.join())).size).toBe(4);
    for (const mapping of mappings) mapping.dispose();
  });
});

describe('limits', () => {
  test.prop([fc.integer({ min: 1, max: 4 }), fc.nat(999)])(
    'identity maps unify nothing and have no cycle loss; two of one distribution have no adversarial loss (q, seed)',
    (size, seed) => {
      const mapping = cycleMapping({
        anchorSize: size,
        maps: [{ to: identity(size), from: identity(size) }],
      });
      tf.tidy(() => {
        const z = seededNormal([6, size], randomSource(seed));
        const critic = linear(Array.from({ length: size }, (_, i) => [i - 0.7]));
        for (const [from, via] of [
          [0, 1],
          [1, 0],
        ] as const) {
          const returned = mapping.roundTrip(z, from, via, inference);
          expect(cycleConsistency(z, returned).dataSync()[0]).toBe(0);
          const fake = mapping.translate(z, from, via, inference);
          const scores = critic.apply(fake, inference);
          expect(wassersteinCritic(critic.apply(z, inference), scores).dataSync()[0]).toBe(0);
        }
        critic.dispose();
      });
      mapping.dispose();
    },
  );

  test.prop([fc.double({ min: -3, max: 3, noNaN: true }), fc.nat(99)])(
    'a rotation and its inverse have no cycle loss, a wrong inverse has one (angle, seed)',
    (angle, seed) => {
      const [c, s] = [Math.cos(angle), Math.sin(angle)];
      const rotation = [
        [c, s],
        [-s, c],
      ];
      const inverse = [
        [c, -s],
        [s, c],
      ];
      const z = seededNormal([5, 2], randomSource(seed));
      const loss = (back: readonly (readonly number[])[]) => {
        const mapping = cycleMapping({ anchorSize: 2, maps: [{ to: linear(rotation), from: linear(back) }] });
        const value = valuesOf(() => cycleConsistency(z, mapping.roundTrip(z, 1, 0, inference)))[0]!;
        mapping.dispose();
        return value;
      };
      expect(loss(inverse)).toBeLessThan(1e-5);
      expect(
        loss([
          [c, -s],
          [s, c - 1],
        ]),
      ).toBeGreaterThan(1e-2);
      z.dispose();
    },
  );
});

test('what does not fit is refused, and nothing is left of it', () => {
  const before = tf.memory().numTensors;
  const option: unknown = expect.objectContaining({ code: 'option' });
  const shape: unknown = expect.objectContaining({ code: 'shape' });
  const random = randomSource(0);
  expect(() => createCycleMapping({ latentSizes: [3, 2], anchor: 2, random })).toThrow(option);
  expect(() => createCycleMapping({ latentSizes: [3, 0], random })).toThrow(option);
  expect(() => cycleMapping({ anchorSize: 3, maps: [{ to: identity(2), from: identity(2) }] })).toThrow(
    shape,
  );
  const mapping = createCycleMapping({ latentSizes: [3, 2], random });
  tf.tidy(() => {
    expect(() => mapping.translate(tf.zeros([1, 3]), 0, 2, inference)).toThrow(option);
    expect(() => mapping.translate(tf.zeros([1, 3]), 1, 0, inference)).toThrow(shape);
    expect(() => mapping.unify([tf.zeros([1, 3])], inference)).toThrow(shape);
  });
  mapping.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('compiled on onnx, a game on the mapping has the values and gradients of cpu', async () => {
  async function results(backend: 'cpu' | 'onnx') {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const mapping = createCycleMapping({
      latentSizes: [3, 2],
      hidden: [{ units: 4, activation: 'leakyRelu', batchNorm: 'afterActivation' }],
      random: randomSource(5),
    });
    const inputs = { a: seededNormal([6, 3], randomSource(1)), b: seededNormal([4, 2], randomSource(2)) };
    const context = { training: true };
    const step = compile(({ a, b }) => {
      const { value, grads } = tf.variableGrads(
        () =>
          tf.addN([
            cycleConsistency(a!, mapping.roundTrip(a!, 0, 1, context)),
            cycleConsistency(b!, mapping.roundTrip(b!, 1, 0, context)),
            wassersteinGenerator(mapping.translate(b!, 1, 0, context)),
          ]) as tf.Scalar,
        [...mapping.trainable],
      );
      const named = mapping.trainable.map((w, i) => [`g${i}`, grads[w.name]!] as const);
      return { value, ...Object.fromEntries(named) };
    });
    const read = await step.run(inputs);
    step.dispose();
    mapping.dispose();
    tf.dispose(inputs);
    expect(tf.memory().numTensors).toBe(before);
    return read;
  }
  const cpu = await results('cpu');
  const onnx = await results('onnx');
  expect(Object.keys(onnx).sort()).toEqual(Object.keys(cpu).sort());
  for (const [key, values] of Object.entries(cpu)) {
    values.forEach((value, i) =>
      expect(Math.abs(onnx[key]![i]! - value)).toBeLessThan(1e-4 * Math.max(1, Math.abs(value))),
    );
  }
});
