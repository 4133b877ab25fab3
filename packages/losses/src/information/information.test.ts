import { randomSource } from '@crossmodal/core';
import { gradientError } from '@crossmodal/testing';
import { seededNormal, tf } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { assignmentEntropy } from './assignment-entropy.js';
import { categoricalKl } from './categorical-kl.js';
import { crossEntropy } from './cross-entropy.js';
import { gaussianKl } from './gaussian-kl.js';
import { jointAssignments } from './joint-assignments.js';
import { mutualInformation } from './mutual-information.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const seeds = fc.integer({ min: 0, max: 9999 });
const sizes = fc.record({
  n: fc.integer({ min: 1, max: 12 }),
  k: fc.integer({ min: 2, max: 5 }),
  seed: seeds,
});

type Rows = number[][];

function rowsOf(tensor: tf.Tensor2D): Rows {
  const [, width] = tensor.shape;
  const values = [...tensor.dataSync()];
  return Array.from({ length: tensor.shape[0] }, (_, i) => values.slice(i * width, (i + 1) * width));
}

/** Memberships from normal logits; `sharpness` 0 gives uniform ones. */
function memberships(n: number, k: number, seed: number, sharpness = 2): tf.Tensor2D {
  return tf.tidy(
    () => tf.softmax(tf.mul(seededNormal([n, k], randomSource(seed)), sharpness)) as tf.Tensor2D,
  );
}

function oneHot(labels: readonly number[], k: number): tf.Tensor2D {
  return tf.tensor2d(labels.map((label) => Array.from({ length: k }, (_, c) => (c === label ? 1 : 0))));
}

const number = (scalar: tf.Scalar) => scalar.dataSync()[0]!;
const xlogx = (x: number) => (x > 0 ? x * Math.log(x) : 0);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** The paper's definition, loop by loop: the joint of the batch, symmetrised, then sum P log(P / (P_c P_d)). */
function literalInformation(p: Rows, q: Rows, symmetric = true, taking = p.map(() => 1)): number {
  const [k, l] = [p[0]!.length, q[0]!.length];
  const joint = Array.from({ length: k }, () => new Array<number>(l).fill(0));
  p.forEach((row, i) => {
    for (let c = 0; c < k; c++)
      for (let d = 0; d < l; d++) joint[c]![d]! += (taking[i]! * row[c]! * q[i]![d]!) / sum(taking);
  });
  const both = joint.map((row, c) =>
    row.map((value, d) => (symmetric ? (value + joint[d]![c]!) / 2 : value)),
  );
  const left = both.map(sum);
  const right = both[0]!.map((_, d) => sum(both.map((row) => row[d]!)));
  return sum(
    both.flatMap((row, c) =>
      row.map((value, d) => (value > 0 ? value * Math.log(value / (left[c]! * right[d]!)) : 0)),
    ),
  );
}

describe('mutualInformation', () => {
  test.prop([sizes, fc.boolean()], { numRuns: 40 })(
    'is the definition, evaluated by loops (sizes, symmetric)',
    ({ n, k, seed }, symmetric) => {
      const before = tf.memory().numTensors;
      const p = memberships(n, k, seed);
      const q = memberships(n, symmetric ? k : k + 1, seed + 1);
      const value = mutualInformation(p, q, { symmetric });
      // Sums of at most 30 float32 terms of size 1.
      expect(number(value)).toBeCloseTo(literalInformation(rowsOf(p), rowsOf(q), symmetric), 5);
      tf.dispose([p, q, value]);
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  test.prop([sizes], { numRuns: 40 })('is symmetric, not negative, and at most either entropy', (size) => {
    tf.tidy(() => {
      const p = memberships(size.n, size.k, size.seed);
      const q = memberships(size.n, size.k, size.seed + 1);
      const value = number(mutualInformation(p, q));
      expect(value).toBeCloseTo(number(mutualInformation(q, p)), 5);
      const marginals = rowsOf(jointAssignments(p, q)).map(sum);
      expect(value).toBeGreaterThan(-1e-5);
      expect(value).toBeLessThan(-sum(marginals.map(xlogx)) + 1e-5);
      const directed = number(mutualInformation(p, q, { symmetric: false }));
      const least = Math.min(number(assignmentEntropy(p)), number(assignmentEntropy(q)));
      expect(directed).toBeGreaterThan(-1e-5);
      expect(directed).toBeLessThan(least + 1e-5);
    });
  });

  test.prop([fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 4 })], { numRuns: 20 })(
    'equal one-hot assignments to k clusters of one size have log k, whatever cluster is called what (k, size)',
    (k, size) => {
      tf.tidy(() => {
        const labels = Array.from({ length: k * size }, (_, i) => i % k);
        const p = oneHot(labels, k);
        expect(number(mutualInformation(p, p))).toBeCloseTo(Math.log(k), 5);
        const renamed = oneHot(
          labels.map((label) => (label + 1) % k),
          k,
        );
        expect(number(mutualInformation(p, renamed, { symmetric: false }))).toBeCloseTo(Math.log(k), 5);
        expect(number(mutualInformation(renamed, renamed))).toBeCloseTo(Math.log(k), 5);
      });
    },
  );

  test.prop([sizes], { numRuns: 20 })(
    'is 0 when either says nothing: uniform, constant or independent',
    (size) => {
      tf.tidy(() => {
        const { n, k, seed } = size;
        const p = memberships(n, k, seed);
        const uniform = memberships(n, k, seed, 0);
        expect(Math.abs(number(mutualInformation(p, uniform, { symmetric: false })))).toBeLessThan(1e-5);
        expect(Math.abs(number(mutualInformation(uniform, uniform)))).toBeLessThan(1e-5);
        const constant = oneHot(
          Array.from({ length: n }, () => 0),
          k,
        );
        expect(Math.abs(number(mutualInformation(p, constant, { symmetric: false })))).toBeLessThan(1e-5);
        // Every pair of clusters once: independent.
        const pairs = Array.from({ length: k * k }, (_, i) => i);
        const first = oneHot(
          pairs.map((i) => i % k),
          k,
        );
        const second = oneHot(
          pairs.map((i) => Math.floor(i / k)),
          k,
        );
        expect(Math.abs(number(mutualInformation(first, second)))).toBeLessThan(1e-5);
      });
    },
  );

  test.prop([sizes], { numRuns: 20 })('objects that are masked do not count', ({ n, k, seed }) => {
    tf.tidy(() => {
      const [p, q] = [memberships(n + 1, k, seed), memberships(n + 1, k, seed + 1)];
      const taking = Array.from({ length: n + 1 }, (_, i) => (i === 0 || i % 2 === 1 ? 1 : 0));
      const mask = tf.tensor2d(taking, [n + 1, 1]);
      const expected = literalInformation(rowsOf(p), rowsOf(q), true, taking);
      expect(number(mutualInformation(p, q, { mask }))).toBeCloseTo(expected, 5);
      const entropy = literalInformation(rowsOf(p), rowsOf(p), true, taking);
      expect(number(assignmentEntropy(p, { mask }))).toBeGreaterThan(entropy - 1e-5);
      expect(number(mutualInformation(p, q, { mask: tf.zeros([n + 1, 1]) }))).toBeCloseTo(0, 6);
      expect(number(assignmentEntropy(p, { mask: tf.zeros([n + 1, 1]) }))).toBeCloseTo(0, 6);
    });
  });

  test.prop([sizes, fc.double({ min: 0, max: 3, noNaN: true })], { numRuns: 20 })(
    'the marginal weight adds the entropies',
    ({ n, k, seed }, marginalWeight) => {
      tf.tidy(() => {
        const [p, q] = [memberships(n, k, seed), memberships(n, k, seed + 1)];
        const marginals = rowsOf(jointAssignments(p, q)).map(sum);
        const expected =
          literalInformation(rowsOf(p), rowsOf(q)) - 2 * (marginalWeight - 1) * sum(marginals.map(xlogx));
        expect(number(mutualInformation(p, q, { marginalWeight }))).toBeCloseTo(expected, 4);
      });
    },
  );

  test.prop([seeds, fc.boolean()], { numRuns: 10 })(
    'gradients agree with finite differences, through the softmax (seed, symmetric)',
    (seed, symmetric) => {
      const a = tf.variable(seededNormal([7, 3], randomSource(seed)));
      const b = tf.variable(seededNormal([7, 3], randomSource(seed + 1)));
      const information = () =>
        tf.tidy(() =>
          mutualInformation(tf.softmax(a) as tf.Tensor2D, tf.softmax(b) as tf.Tensor2D, { symmetric }),
        );
      expect(gradientError(information, [a, b], seed)).toBeLessThan(2e-3);
      tf.dispose([a, b]);
    },
  );

  test('an empty cluster has finite gradients', () => {
    tf.tidy(() => {
      const p = oneHot([0, 0, 1], 3);
      const gradient = tf.grad((x) => mutualInformation(x as tf.Tensor2D, p))(p);
      expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
    });
  });

  test.each([
    [[3, 2], [4, 2], true],
    [[3, 2], [3, 4], true],
    [[3, 2], [4, 2], false],
  ] as [[number, number], [number, number], boolean][])(
    'refuses %j with %j, symmetric %s',
    (a, b, symmetric) => {
      tf.tidy(() => {
        expect(() => mutualInformation(tf.zeros(a), tf.zeros(b), { symmetric })).toThrowError(
          expect.objectContaining({ code: 'shape' }),
        );
      });
    },
  );
});

describe('jointAssignments', () => {
  test.prop([sizes], { numRuns: 30 })(
    'is a distribution whose marginals are the mean assignments',
    ({ n, k, seed }) => {
      tf.tidy(() => {
        const [p, q] = [memberships(n, k, seed), memberships(n, k + 1, seed + 1)];
        const joint = rowsOf(jointAssignments(p, q, { symmetric: false }));
        const mean = (rows: Rows, c: number) => sum(rows.map((row) => row[c]!)) / n;
        joint.forEach((row, c) => expect(sum(row)).toBeCloseTo(mean(rowsOf(p), c), 5));
        joint[0]!.forEach((_, d) =>
          expect(sum(joint.map((row) => row[d]!))).toBeCloseTo(mean(rowsOf(q), d), 5),
        );
        const same = rowsOf(jointAssignments(p, memberships(n, k, seed + 2)));
        same.forEach((row, c) => row.forEach((value, d) => expect(value).toBe(same[d]![c]!)));
      });
    },
  );
});

describe('assignmentEntropy', () => {
  test.prop([sizes], { numRuns: 30 })(
    'is the entropy of the mean row, log k for even clusters at most',
    ({ n, k, seed }) => {
      tf.tidy(() => {
        const p = memberships(n, k, seed);
        const rows = rowsOf(p);
        const expected = -sum(rows[0]!.map((_, c) => xlogx(sum(rows.map((row) => row[c]!)) / n)));
        expect(number(assignmentEntropy(p))).toBeCloseTo(expected, 5);
        expect(expected).toBeLessThan(Math.log(k) + 1e-9);
        const even = oneHot(
          Array.from({ length: 2 * k }, (_, i) => i % k),
          k,
        );
        expect(number(assignmentEntropy(even))).toBeCloseTo(Math.log(k), 5);
        const one = oneHot(
          Array.from({ length: n }, () => k - 1),
          k,
        );
        expect(number(assignmentEntropy(one))).toBeCloseTo(0, 6);
      });
    },
  );

  test('gradients agree with finite differences', () => {
    const a = tf.variable(seededNormal([6, 4], randomSource(2)));
    expect(
      gradientError(() => tf.tidy(() => assignmentEntropy(tf.softmax(a) as tf.Tensor2D)), [a], 3),
    ).toBeLessThan(2e-3);
    a.dispose();
  });
});

describe('gaussianKl', () => {
  const drawn = (n: number, d: number, seed: number) => ({
    means: seededNormal([n, d], randomSource(seed)) as tf.Tensor2D,
    deviations: tf.tidy(
      () => tf.exp(tf.mul(seededNormal([n, d], randomSource(seed + 1)), 0.5)) as tf.Tensor2D,
    ),
  });

  test.prop([sizes], { numRuns: 30 })('is the closed form, evaluated by loops', ({ n, k, seed }) => {
    tf.tidy(() => {
      const { means, deviations } = drawn(n, k, seed);
      const [mu, sigma] = [rowsOf(means).flat(), rowsOf(deviations).flat()];
      const total = sum(mu.map((m, j) => 0.5 * (m * m + sigma[j]! ** 2 - 1 - 2 * Math.log(sigma[j]!))));
      for (const [reduction, count] of [
        ['sum', 1],
        ['sampleMean', n],
        ['mean', n * k],
      ] as const) {
        expect(number(gaussianKl(means, deviations, { reduction })) / (total / count)).toBeCloseTo(1, 4);
      }
      expect(total).toBeGreaterThanOrEqual(0);
    });
  });

  test('is the expectation over epsilon of log p(z | x) / q(z) (seed 4)', () => {
    tf.tidy(() => {
      const { means, deviations } = drawn(2, 2, 4);
      const [mu, sigma] = [rowsOf(means).flat(), rowsOf(deviations).flat()];
      const random = randomSource(5);
      const density = (z: number, m: number, s: number) =>
        -0.5 * ((z - m) / s) ** 2 - Math.log(s) - 0.5 * Math.log(2 * Math.PI);
      const draws = 40_000;
      let total = 0;
      for (let t = 0; t < draws; t++) {
        mu.forEach((m, j) => {
          const z = m + sigma[j]! * random.normal();
          total += (density(z, m, sigma[j]!) - density(z, 0, 1)) / (2 * draws);
        });
      }
      // The mean of 40,000 draws of deviation about 2 is within 0.05 in five deviations.
      expect(Math.abs(number(gaussianKl(means, deviations)) - total)).toBeLessThan(0.05);
    });
  });

  test('is 0 at the standard Gaussian, and skips masked objects', () => {
    tf.tidy(() => {
      expect(number(gaussianKl(tf.zeros([3, 2]), tf.ones([3, 2])))).toBe(0);
      const means = tf.tensor2d([
        [1, 1],
        [9, 9],
      ]);
      const mask = tf.tensor2d([[1], [0]]);
      expect(number(gaussianKl(means, tf.ones([2, 2]), { mask }))).toBeCloseTo(0.5, 6);
    });
  });

  test.prop([seeds], { numRuns: 10 })('gradients agree with finite differences (seed)', (seed) => {
    const { means, deviations } = drawn(4, 3, seed);
    const mu = tf.variable(means);
    const sigma = tf.tidy(() => tf.variable(tf.add(deviations, 0.3) as tf.Tensor2D));
    expect(gradientError(() => gaussianKl(mu, sigma), [mu, sigma], seed, 3e-3)).toBeLessThan(5e-3);
    tf.dispose([means, deviations, mu, sigma]);
  });
});

describe('categoricalKl and crossEntropy', () => {
  const soft = (row: number[]) => {
    const total = sum(row.map(Math.exp));
    return row.map((x) => Math.exp(x) / total);
  };

  test.prop([sizes], { numRuns: 30 })('are their definitions, evaluated by loops', ({ n, k, seed }) => {
    tf.tidy(() => {
      const from = seededNormal([n, k], randomSource(seed)) as tf.Tensor2D;
      const to = seededNormal([n, k], randomSource(seed + 1)) as tf.Tensor2D;
      const [p, q] = [rowsOf(from).map(soft), rowsOf(to).map(soft)];
      const divergence = sum(p.flatMap((row, i) => row.map((x, j) => x * Math.log(x / q[i]![j]!))));
      expect(number(categoricalKl(from, to))).toBeCloseTo(divergence / n, 5);
      expect(number(categoricalKl(from, to, { reduction: 'mean' }))).toBeCloseTo(divergence / (n * k), 5);
      expect(number(categoricalKl(from, tf.add(from, 3)))).toBeCloseTo(0, 5);
      const targets = memberships(n, k, seed + 2);
      const entropy = -sum(rowsOf(targets).flatMap((row, i) => row.map((t, j) => t * Math.log(q[i]![j]!))));
      expect(number(crossEntropy(to, targets))).toBeCloseTo(entropy / n, 4);
      // Cross-entropy = entropy of the targets + divergence.
      const own = -sum(rowsOf(targets).flat().map(xlogx)) / n;
      expect(number(crossEntropy(to, targets)) - own).toBeCloseTo(
        number(categoricalKl(tf.log(targets), to)),
        4,
      );
    });
  });

  test.prop([seeds], { numRuns: 10 })('gradients agree with finite differences (seed)', (seed) => {
    const a = tf.variable(seededNormal([4, 3], randomSource(seed)) as tf.Tensor2D);
    const b = tf.variable(seededNormal([4, 3], randomSource(seed + 1)) as tf.Tensor2D);
    expect(gradientError(() => categoricalKl(a, b), [a, b], seed)).toBeLessThan(2e-3);
    const targets = memberships(4, 3, seed + 2);
    expect(gradientError(() => crossEntropy(a, targets), [a], seed)).toBeLessThan(2e-3);
    tf.dispose([a, b, targets]);
  });

  test('masked objects add nothing; logits of 200 overflow nothing', () => {
    tf.tidy(() => {
      const logits = tf.tensor2d([
        [200, 0],
        [-200, 0],
      ]);
      const targets = oneHot([0, 0], 2);
      const mask = tf.tensor2d([[1], [0]]);
      expect(number(crossEntropy(logits, targets, { mask }))).toBeCloseTo(0, 6);
      expect(number(crossEntropy(logits, targets))).toBeCloseTo(100, 3);
      expect(number(categoricalKl(logits, tf.neg(logits), { mask }))).toBeCloseTo(100, 3);
    });
  });

  test.each(['categoricalKl', 'crossEntropy', 'gaussianKl'] as const)(
    '%s refuses different shapes',
    (name) => {
      const loss = { categoricalKl, crossEntropy, gaussianKl }[name];
      tf.tidy(() => {
        expect(() => loss(tf.zeros([2, 3]), tf.zeros([2, 1]))).toThrowError(
          expect.objectContaining({ code: 'shape' }),
        );
      });
    },
  );
});
