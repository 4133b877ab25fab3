import { randomSource } from '@crossmodal/core';
import { gradientError } from '@crossmodal/testing';
import { readValues, seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { contrastive } from './contrastive.js';
import { cauchySchwarzDivergence } from './divergence/cauchy-schwarz-divergence.js';
import { pairedDivergence } from './divergence/paired-divergence.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const anySeed = fc.nat(9999);
const valueOf = (body: () => tf.Tensor) => readValues(body)[0]!;

function rows(n: number, d: number, seed: number): number[][] {
  const random = randomSource(seed);
  return Array.from({ length: n }, () => Array.from({ length: d }, () => random.normal()));
}

describe('contrastive', () => {
  test.prop([fc.integer({ min: 1, max: 6 }), fc.double({ min: 0.1, max: 2, noNaN: true }), anySeed], {
    numRuns: 30,
  })('is the formula, term by term (n, temperature, seed)', (n, temperature, seed) => {
    const [a, b] = [rows(n, 3, seed), rows(n, 3, seed + 1)];
    const dot = (x: number[], y: number[]) => x.reduce((sum, value, q) => sum + value * y[q]!, 0);
    const s = a.map((x) => b.map((y) => dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)) / temperature));
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const all = (of: (j: number) => number) =>
        Math.log(Array.from({ length: n }, (_, j) => Math.exp(of(j))).reduce((x, y) => x + y));
      sum += s[i]![i]! - all((j) => s[i]![j]!) + s[i]![i]! - all((j) => s[j]![i]!);
    }
    const before = tf.memory().numTensors;
    const value = valueOf(() => contrastive(tf.tensor2d(a), tf.tensor2d(b), { temperature }));
    expect(tf.memory().numTensors).toBe(before);
    expect(value).toBeCloseTo(-sum / (2 * n), 4);
  });

  test('is log n where all are alike, and small where each is alike to its partner alone', () => {
    expect(valueOf(() => contrastive(tf.ones([8, 3]), tf.ones([8, 3])))).toBeCloseTo(Math.log(8), 5);
    expect(valueOf(() => contrastive(tf.eye(4), tf.eye(4), { temperature: 0.05 }))).toBeLessThan(1e-5);
  });

  test('gradients agree with finite differences, and are finite at a row of zeros', () => {
    const [a, b] = [1, 2].map((seed) => tf.variable(seededNormal([4, 3], randomSource(seed))));
    const loss = () => contrastive(a as unknown as tf.Tensor2D, b as unknown as tf.Tensor2D);
    expect(gradientError(loss, [a!, b!], 3)).toBeLessThan(1e-3);
    tf.dispose([a!, b!]);
    const gradient = readValues(() =>
      tf.grad((x) => contrastive(x as tf.Tensor2D, tf.ones([2, 2])))(tf.zeros([2, 2])),
    );
    expect([...gradient].every(Number.isFinite)).toBe(true);
  });

  test('refuses other shapes, and a temperature of 0', () => {
    tf.tidy(() => {
      const x = tf.ones<tf.Rank.R2>([2, 2]);
      expect(() => contrastive(x, tf.ones([3, 2]))).toThrowError(/shape/);
      expect(() => contrastive(x, x, { temperature: 0 })).toThrowError(/above 0/);
    });
  });
});

describe('pairedDivergence', () => {
  test.prop([fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 4 }), anySeed], { numRuns: 30 })(
    'is the divergence of all samples under the graph of the pairs (n, k, seed)',
    (n, k, seed) => {
      const whole = readValues(() => tf.softmax(seededNormal([2 * n, k], randomSource(seed))));
      const all = () => tf.tensor2d(Float32Array.from(whole), [2 * n, k]);
      const graph = Array.from({ length: 2 * n }, (_, i) =>
        Array.from({ length: 2 * n }, (_value, j) => (Math.abs(i - j) === n ? 1 : 0)),
      );
      const expected = valueOf(() => cauchySchwarzDivergence(all(), tf.tensor2d(graph)));
      const value = valueOf(() => {
        const [a, b] = tf.split(all(), 2) as [tf.Tensor2D, tf.Tensor2D];
        return pairedDivergence(a, b);
      });
      expect(value).toBeCloseTo(expected, 4);
    },
  );

  test('agreement of sure assignments does not overlap; uniform and collapsed ones do', () => {
    expect(valueOf(() => pairedDivergence(tf.eye(3), tf.eye(3)))).toBeLessThan(1e-8);
    expect(valueOf(() => pairedDivergence(tf.fill([4, 3], 1 / 3), tf.fill([4, 3], 1 / 3)))).toBeCloseTo(1, 5);
    const collapsed = () => tf.tensor2d([1, 0, 1, 0], [2, 2]);
    expect(valueOf(() => pairedDivergence(collapsed(), collapsed()))).toBeCloseTo(1, 5);
  });
});
