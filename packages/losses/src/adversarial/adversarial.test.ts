import { randomSource } from '@crossmodal/core';
import { gradientError } from '@crossmodal/testing';
import { readValues, seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { discriminatorLoss } from './discriminator-loss.js';
import { generatorLoss, type GeneratorForm } from './generator-loss.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const logits = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), { minLength: 1, maxLength: 6 });
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const valueOf = (body: () => tf.Tensor) => readValues(body)[0]!;

describe('discriminatorLoss', () => {
  test.prop([logits, logits], { numRuns: 40 })('is Eq. 5 with its sign turned, by sigmoids', (real, fake) => {
    const expected =
      -mean(real.map((x) => Math.log(sigmoid(x)))) - mean(fake.map((x) => Math.log(1 - sigmoid(x))));
    const before = tf.memory().numTensors;
    const value = valueOf(() => discriminatorLoss(tf.tensor1d(real), tf.tensor1d(fake)));
    expect(tf.memory().numTensors).toBe(before);
    expect(value).toBeCloseTo(expected, 4);
  });

  test('is 2 log 2 for one that cannot tell', () => {
    expect(valueOf(() => discriminatorLoss(tf.zeros([3, 1]), tf.zeros([5, 1])))).toBeCloseTo(2 * Math.LN2, 6);
  });

  test('stays finite, and keeps its gradient, for one that is wrong and sure of it', () => {
    expect(valueOf(() => discriminatorLoss(tf.tensor1d([-200]), tf.tensor1d([300])))).toBeCloseTo(500, 2);
    const gradient = readValues(() =>
      tf.grad((x) => discriminatorLoss(tf.tensor1d([0]), x))(tf.tensor1d([300])),
    );
    expect(gradient[0]).toBeCloseTo(1, 5);
  });
});

const masked = fc.array(fc.tuple(fc.double({ min: -6, max: 6, noNaN: true }), fc.boolean()), {
  minLength: 1,
  maxLength: 6,
});

describe('absent samples', () => {
  const split = (samples: readonly (readonly [number, boolean])[]) => ({
    all: samples.map(([logit]) => logit),
    present: samples.flatMap(([logit, flag]) => (flag ? [logit] : [])),
    mask: samples.map(([, flag]) => [flag ? 1 : 0]),
  });
  const column = (values: readonly number[]) => tf.tensor2d([...values], [values.length, 1]);

  test.prop([masked, masked, fc.constantFrom<GeneratorForm>('minimax', 'nonSaturating')], { numRuns: 40 })(
    'add nothing to either loss; without present ones a half is 0 (real, fake, form)',
    (first, second, form) => {
      const [real, fake] = [split(first), split(second)];
      const before = tf.memory().numTensors;
      const without = ({ present }: typeof real, loss: (x: tf.Tensor) => tf.Tensor) =>
        present.length === 0 ? 0 : valueOf(() => loss(column(present)));
      const discriminator = valueOf(() =>
        discriminatorLoss(column(real.all), column(fake.all), {
          realMask: tf.tensor2d(real.mask),
          fakeMask: tf.tensor2d(fake.mask),
        }),
      );
      const generator = valueOf(() =>
        generatorLoss(column(fake.all), { form, mask: tf.tensor2d(fake.mask) }),
      );
      expect(tf.memory().numTensors).toBe(before);
      const halves =
        without(real, (x) => tf.mean(tf.softplus(tf.neg(x)))) + without(fake, (x) => tf.mean(tf.softplus(x)));
      expect(discriminator).toBeCloseTo(halves, 4);
      expect(generator).toBeCloseTo(
        without(fake, (x) => generatorLoss(x, { form })),
        4,
      );
    },
  );

  test('masks of another number of samples are refused', () => {
    tf.tidy(() => {
      const [x, mask] = [tf.zeros([3, 1]), tf.ones([2, 1])];
      expect(() => generatorLoss(x, { mask })).toThrowError(/\[3, 1\]/);
      expect(() => discriminatorLoss(x, x, { realMask: mask })).toThrowError(/\[3, 1\]/);
      expect(() => discriminatorLoss(x, x, { fakeMask: tf.ones([3]) })).toThrowError(/\[3, 1\]/);
    });
  });
});

describe('generatorLoss', () => {
  test.prop([logits], { numRuns: 40 })('is its formula in both forms, by sigmoids', (fake) => {
    const value = (form: GeneratorForm) => valueOf(() => generatorLoss(tf.tensor1d(fake), { form }));
    expect(value('minimax')).toBeCloseTo(mean(fake.map((x) => Math.log(1 - sigmoid(x)))), 4);
    expect(value('nonSaturating')).toBeCloseTo(-mean(fake.map((x) => Math.log(sigmoid(x)))), 4);
  });

  test('against a discriminator that is sure, one form has no gradient left and the other all of it', () => {
    const gradient = (form: GeneratorForm) =>
      readValues(() => tf.grad((x) => generatorLoss(x, { form }))(tf.tensor1d([-20])))[0]!;
    expect(Math.abs(gradient('minimax'))).toBeLessThan(1e-6);
    expect(gradient('nonSaturating')).toBeCloseTo(-1, 5);
  });

  test.each(['minimax', 'nonSaturating'] as const)('%s: gradients agree with finite differences', (form) => {
    const [real, fake] = [1, 2].map((seed) => tf.variable(seededNormal([4, 1], randomSource(seed))));
    expect(gradientError(() => generatorLoss(fake!, { form }), [fake!], 3)).toBeLessThan(1e-3);
    expect(gradientError(() => discriminatorLoss(real!, fake!), [real!, fake!], 3)).toBeLessThan(1e-3);
    tf.dispose([real!, fake!]);
  });

  test('refuses another form', () => {
    tf.tidy(() => {
      const form = 'hinge' as GeneratorForm;
      expect(() => generatorLoss(tf.zeros([2]), { form })).toThrowError(/nonSaturating or minimax/);
    });
  });
});
