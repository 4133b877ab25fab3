import { randomSource } from '@crossmodal/core';
import { gradientError } from '@crossmodal/testing';
import { compile, readValues, seededNormal, tf, useBackend } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { beforeAll, describe, expect } from 'vitest';
import { assignmentOverlap } from './assignment-overlap.js';
import { attentionLoss } from './attention-loss.js';
import { cauchySchwarzDivergence } from './cauchy-schwarz-divergence.js';
import type { PairNormaliser } from './check-divergence.js';
import { gaussianKernel, type KernelDistance, type KernelWidth } from './gaussian-kernel.js';
import { cornerCloseness, simplexDivergence } from './simplex-divergence.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

type Rows = readonly (readonly number[])[];

const anySeed = fc.integer({ min: 0, max: 9999 });
const anyNormaliser = fc.constantFrom<PairNormaliser>('clusters', 'pairs');
const anyDistance = fc.constantFrom<KernelDistance>('squared', 'euclidean');
const anyWidth = fc.constantFrom<KernelWidth>('medianSquare', 'median', 0.7);
const anyProblem = fc.record({
  n: fc.integer({ min: 2, max: 7 }),
  k: fc.integer({ min: 2, max: 4 }),
  seed: anySeed,
});
const numRuns = 30;

function rows(n: number, d: number, seed: number): number[][] {
  const random = randomSource(seed);
  return Array.from({ length: n }, () => Array.from({ length: d }, () => random.normal()));
}

function softmax(row: readonly number[]): number[] {
  const powers = row.map((value) => Math.exp(value));
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

const assignmentsOf = (n: number, k: number, seed: number) => rows(n, k, seed).map(softmax);

const distanceOf = (a: readonly number[], b: readonly number[]) =>
  Math.sqrt(a.reduce((sum, value, q) => sum + (value - b[q]!) ** 2, 0));

/** The kernel, entry by entry. */
function literalKernel(z: Rows, distance: KernelDistance, width: KernelWidth, share: number): number[][] {
  const distances = z.flatMap((a) => z.map((b) => distanceOf(a, b))).sort((a, b) => a - b);
  const median = distances[Math.floor((distances.length - 1) / 2)]!;
  const variance =
    typeof width === 'number'
      ? width * width
      : width === 'median'
        ? (share * median) ** 2
        : share * median * median;
  return z.map((a) =>
    z.map((b) => {
      const d = distanceOf(a, b);
      return Math.exp(-(distance === 'squared' ? d * d : d) / (2 * variance));
    }),
  );
}

function quadratic(a: readonly number[], kernel: Rows, b: readonly number[]): number {
  let sum = 0;
  for (let p = 0; p < a.length; p++) for (let q = 0; q < b.length; q++) sum += a[p]! * kernel[p]![q]! * b[q]!;
  return sum;
}

const column = (matrix: Rows, i: number) => matrix.map((row) => row[i]!);

/** Eq. 8 and, for closeness to corners, Eq. 9, term by term. */
function literalDivergence(columns: Rows, kernel: Rows, normaliser: PairNormaliser): number {
  const k = columns[0]!.length;
  let sum = 0;
  for (let i = 0; i < k - 1; i++)
    for (let j = i + 1; j < k; j++) {
      const [a, b] = [column(columns, i), column(columns, j)];
      sum += quadratic(a, kernel, b) / Math.sqrt(quadratic(a, kernel, a) * quadratic(b, kernel, b));
    }
  return normaliser === 'clusters' ? sum / k : (2 * sum) / (k * (k - 1));
}

const tensor = (matrix: Rows) => tf.tensor2d(matrix.map((row) => [...row]));
const valueOf = (body: () => tf.Tensor) => readValues(body)[0]!;
const kernelOf = (n: number, seed: number) => literalKernel(rows(n, 3, seed), 'squared', 1, 1);

describe('gaussianKernel', () => {
  test.prop(
    [
      fc.integer({ min: 3, max: 8 }),
      anySeed,
      anyDistance,
      anyWidth,
      fc.double({ min: 0.1, max: 2, noNaN: true }),
    ],
    {
      numRuns,
    },
  )('is the formula, entry by entry', (n, seed, distance, width, share) => {
    const z = rows(n, 3, seed);
    const expected = literalKernel(z, distance, width, share).flat();
    const before = tf.memory().numTensors;
    const values = readValues(() => gaussianKernel(tensor(z), { distance, width, share }));
    expect(tf.memory().numTensors).toBe(before);
    // float32 distances by differences of squares; the narrowest kernel multiplies their error by 1 / (2 share^2).
    values.forEach((value, p) => expect(value).toBeCloseTo(expected[p]!, 3));
  });

  test.prop([fc.integer({ min: 1, max: 8 }), anySeed, anyDistance, anyWidth], { numRuns })(
    'is symmetric, in [0, 1], and one on the diagonal; samples that coincide are fully alike',
    (n, seed, distance, width) => {
      const z = rows(n, 3, seed);
      const values = readValues(() => gaussianKernel(tensor(z), { distance, width }));
      for (let i = 0; i < n; i++) {
        expect(values[i * n + i]).toBe(1);
        for (let j = 0; j < n; j++) {
          expect(values[i * n + j]).toBeCloseTo(values[j * n + i]!, 6);
          expect(values[i * n + j]!).toBeLessThanOrEqual(1);
          expect(values[i * n + j]!).toBeGreaterThanOrEqual(0);
        }
      }
      const same = readValues(() =>
        gaussianKernel(tensor(z.map(() => [1, 2, 3])), { width: 'medianSquare' }),
      );
      same.forEach((value) => expect(value).toBe(1));
    },
  );

  test.prop([fc.integer({ min: 3, max: 8 }), anySeed, fc.double({ min: 0.1, max: 10, noNaN: true })], {
    numRuns,
  })('a Gaussian whose width follows the median does not see the scale of the samples', (n, seed, scale) => {
    const z = rows(n, 3, seed);
    const scaled = z.map((row) => row.map((value) => scale * value));
    const a = readValues(() => gaussianKernel(tensor(z)));
    const b = readValues(() => gaussianKernel(tensor(scaled)));
    a.forEach((value, p) => expect(b[p]).toBeCloseTo(value, 3));
  });

  test('read as its words say, 15 % of the median distance makes the kernel an identity', () => {
    const z = rows(40, 20, 3);
    const off = (width: KernelWidth) => {
      const values = readValues(() => gaussianKernel(tensor(z), { width }));
      return (values.reduce((sum, value) => sum + value, 0) - 40) / (40 * 39);
    };
    expect(off('median')).toBeLessThan(1e-4);
    expect(off('medianSquare')).toBeGreaterThan(0.02);
  });

  test.each([
    ['squared', 0.8],
    ['euclidean', 0.8],
  ] as const)('%s, sigma %f: gradients agree with finite differences', (distance, width) => {
    const z = tf.variable(tensor(rows(5, 3, 1)));
    expect(
      gradientError(() => tf.sum(gaussianKernel(z as tf.Tensor2D, { distance, width })), [z], 2),
    ).toBeLessThan(2e-3);
    z.dispose();
  });

  test('the median takes no part in gradients', () => {
    const z = rows(6, 3, 5);
    const distances = z.flatMap((a) => z.map((b) => distanceOf(a, b) ** 2)).sort((a, b) => a - b);
    const sigma = Math.sqrt(0.15 * distances[17]!);
    const gradient = (width: KernelWidth) =>
      readValues(() => tf.grad((x) => tf.sum(gaussianKernel(x as tf.Tensor2D, { width })))(tensor(z)));
    const fixed = gradient(sigma);
    gradient('medianSquare').forEach((value, p) => expect(value).toBeCloseTo(fixed[p]!, 3));
  });

  test.prop([fc.integer({ min: 1, max: 9 }), anySeed], { numRuns: 15 })(
    'the median of the first rows is that of their distances to all (rows, seed)',
    (medianRows, seed) => {
      const z = rows(6, 3, seed);
      const distances = z
        .slice(0, medianRows)
        .flatMap((a) => z.map((b) => distanceOf(a, b) ** 2))
        .sort((a, b) => a - b);
      const sigma = Math.sqrt(0.15 * distances[Math.floor((distances.length - 1) / 2)]!);
      const some = readValues(() => gaussianKernel(tensor(z), { medianRows }));
      const fixed = readValues(() => gaussianKernel(tensor(z), { width: sigma }));
      some.forEach((value, p) => expect(value).toBeCloseTo(fixed[p]!, 3));
    },
  );

  test.prop(
    [
      fc.array(fc.boolean(), { minLength: 2, maxLength: 9 }),
      anySeed,
      anyDistance,
      anyWidth,
      fc.constantFrom(1, 2, 99),
    ],
    { numRuns },
  )(
    'of present samples it is what it is without the absent ones (flags, seed, distance, width, rows)',
    (flags, seed, distance, width, medianRows) => {
      const z = rows(flags.length, 3, seed);
      const present = z.filter((_, i) => flags[i]);
      const before = tf.memory().numTensors;
      const all = readValues(() =>
        gaussianKernel(tensor(z), {
          distance,
          width,
          medianRows,
          // Wide enough that differences of rounding stay small.
          share: 1,
          mask: tf.tensor2d(flags.map((flag) => [flag ? 1 : 0])),
        }),
      );
      expect(tf.memory().numTensors).toBe(before);
      expect(all.every((value) => value >= 0 && value <= 1)).toBe(true);
      const own = all.filter((_, p) => flags[Math.floor(p / flags.length)] && flags[p % flags.length]);
      // One sample is its own median, 0, either way.
      if (present.length < 2) return;
      const alone = readValues(() =>
        gaussianKernel(tensor(present), { distance, width, medianRows, share: 1 }),
      );
      expect(own).toHaveLength(alone.length);
      own.forEach((value, p) => expect(value).toBeCloseTo(alone[p]!, 3));
    },
  );

  test('gradients are finite where samples coincide', () => {
    const z = [
      [1, 2],
      [1, 2],
      [0, 1],
    ];
    for (const distance of ['squared', 'euclidean'] as const) {
      const gradient = readValues(() =>
        tf.grad((x) => tf.sum(gaussianKernel(x as tf.Tensor2D, { distance })))(tensor(z)),
      );
      expect([...gradient].every(Number.isFinite)).toBe(true);
    }
  });

  test('refuses other shapes and options', () => {
    tf.tidy(() => {
      const z = tf.zeros<tf.Rank.R2>([3, 2]);
      expect(() => gaussianKernel(tf.zeros([3]) as unknown as tf.Tensor2D)).toThrowError(/samples \[n, d\]/);
      expect(() => gaussianKernel(z, { mask: tf.ones([3]) })).toThrowError(/a mask \[3, 1\]/);
      expect(() => gaussianKernel(z, { width: 0 })).toThrowError(/above 0/);
      expect(() => gaussianKernel(z, { share: 0 })).toThrowError(/share/);
      expect(() => gaussianKernel(z, { medianRows: 0 })).toThrowError(/medianRows/);
      expect(() => gaussianKernel(z, { distance: 'cosine' as KernelDistance })).toThrowError(
        /squared or euclidean/,
      );
    });
  });
});

describe('cauchySchwarzDivergence', () => {
  test.prop([anyProblem, anyNormaliser], { numRuns })(
    'is Eq. 8, term by term',
    ({ n, k, seed }, normaliser) => {
      const assignments = assignmentsOf(n, k, seed);
      const kernel = kernelOf(n, seed + 1);
      const before = tf.memory().numTensors;
      const value = valueOf(() =>
        cauchySchwarzDivergence(tensor(assignments), tensor(kernel), { normaliser }),
      );
      expect(tf.memory().numTensors).toBe(before);
      expect(value).toBeCloseTo(literalDivergence(assignments, kernel, normaliser), 4);
    },
  );

  test.prop([anyProblem], { numRuns })(
    'lies in [0, 1], whatever the order of clusters and samples',
    ({ n, k, seed }) => {
      const assignments = assignmentsOf(n, k, seed);
      const kernel = kernelOf(n, seed + 1);
      const order = [...randomSource(seed).permutation(n)];
      const names = [...randomSource(seed + 1).permutation(k)];
      const value = valueOf(() => cauchySchwarzDivergence(tensor(assignments), tensor(kernel)));
      const moved = valueOf(() =>
        cauchySchwarzDivergence(
          tensor(order.map((p) => names.map((i) => assignments[p]![i]!))),
          tensor(order.map((p) => order.map((q) => kernel[p]![q]!))),
        ),
      );
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1 + 1e-6);
      expect(moved).toBeCloseTo(value, 4);
    },
  );

  test.prop([anyProblem], { numRuns })(
    'clusters that all look alike overlap completely',
    ({ n, k, seed }) => {
      const uniform = Array.from({ length: n }, () => new Array<number>(k).fill(1 / k));
      const kernel = kernelOf(n, seed);
      const value = (normaliser: PairNormaliser) =>
        valueOf(() => cauchySchwarzDivergence(tensor(uniform), tensor(kernel), { normaliser }));
      expect(value('pairs')).toBeCloseTo(1, 5);
      expect(value('clusters')).toBeCloseTo((k - 1) / 2, 4);
    },
  );

  test('hard clusters that are apart do not overlap; empty ones do, so that collapse does not pay', () => {
    const apart = tensor([
      [1, 0],
      [1, 0],
      [0, 1],
      [0, 1],
    ]);
    const kernel = tensor([
      [1, 0.5, 0, 0],
      [0.5, 1, 0, 0],
      [0, 0, 1, 0.5],
      [0, 0, 0.5, 1],
    ]);
    const collapsed = tensor([
      [1, 0, 0],
      [1, 0, 0],
      [1, 0, 0],
      [1, 0, 0],
    ]);
    expect(valueOf(() => cauchySchwarzDivergence(apart, kernel))).toBeLessThan(1e-8);
    // Of an empty pair 1e-9 / 1e-9 is left; of an empty and a full cluster, 1e-9 over the root of 1e-18.
    expect(valueOf(() => cauchySchwarzDivergence(collapsed, kernel))).toBeCloseTo(1, 5);
    tf.dispose([apart, kernel, collapsed]);
  });

  test('one cluster has no pairs', () => {
    expect(valueOf(() => cauchySchwarzDivergence(tf.ones([3, 1]), tensor(kernelOf(3, 1))))).toBe(0);
  });

  test.each(['clusters', 'pairs'] as const)('%s: gradients agree with finite differences', (normaliser) => {
    const logits = tf.variable(tensor(rows(5, 3, 1)));
    const z = tf.variable(tensor(rows(5, 2, 2)));
    const loss = () =>
      cauchySchwarzDivergence(
        tf.softmax(logits) as tf.Tensor2D,
        gaussianKernel(z as tf.Tensor2D, { width: 1 }),
        { normaliser },
      );
    expect(gradientError(loss, [logits, z], 3)).toBeLessThan(1e-3);
    tf.dispose([logits, z]);
  });

  test('refuses a kernel of other samples, and other normalisers', () => {
    tf.tidy(() => {
      const assignments = tf.ones<tf.Rank.R2>([3, 2]);
      expect(() => cauchySchwarzDivergence(assignments, tf.ones([3, 2]))).toThrowError(/a kernel \[3, 3\]/);
      expect(() =>
        cauchySchwarzDivergence(assignments, tf.ones([3, 3]), { normaliser: 'k' as PairNormaliser }),
      ).toThrowError(/clusters or pairs/);
    });
  });
});

describe('simplexDivergence', () => {
  test.prop([anyProblem, anyNormaliser, anyDistance], { numRuns })(
    'is Eq. 9, term by term',
    ({ n, k, seed }, normaliser, distance) => {
      const assignments = assignmentsOf(n, k, seed);
      const kernel = kernelOf(n, seed + 1);
      const closeness = assignments.map((row) =>
        row.map((_, i) => {
          const d = distanceOf(
            row,
            row.map((_value, j) => (i === j ? 1 : 0)),
          );
          return Math.exp(distance === 'squared' ? -d * d : -d);
        }),
      );
      const value = valueOf(() =>
        simplexDivergence(tensor(assignments), tensor(kernel), { normaliser, distance }),
      );
      expect(value).toBeCloseTo(literalDivergence(closeness, kernel, normaliser), 4);
    },
  );

  test.prop([fc.integer({ min: 2, max: 5 }), anyDistance], { numRuns: 10 })(
    'a corner is at 1, the others at exp(-sqrt 2) or exp(-2)',
    (k, distance) => {
      const values = readValues(() => cornerCloseness(tf.eye(k), distance));
      const far = Math.exp(distance === 'squared' ? -2 : -Math.SQRT2);
      values.forEach((value, p) => expect(value).toBeCloseTo(p % k === Math.floor(p / k) ? 1 : far, 5));
    },
  );

  test('two samples at two corners, each alike to itself alone, by hand', () => {
    // B = [[1, f], [f, 1]], K = I: 2 f / (1 + f^2).
    const f = Math.exp(-2);
    const value = valueOf(() => simplexDivergence(tf.eye(2), tf.eye(2)));
    expect(value).toBeCloseTo((2 * f) / (1 + f * f), 6);
  });

  test.prop([anyProblem, anyDistance], { numRuns })(
    'assignments that are uniform overlap completely',
    ({ n, k, seed }, distance) => {
      const value = valueOf(() =>
        simplexDivergence(tf.fill([n, k], 1 / k), tensor(kernelOf(n, seed)), { distance }),
      );
      expect(value).toBeCloseTo(1, 5);
    },
  );

  test.each(['squared', 'euclidean'] as const)('%s: gradients agree with finite differences', (distance) => {
    const logits = tf.variable(tensor(rows(5, 3, 4)));
    const kernel = tensor(kernelOf(5, 5));
    const loss = () => simplexDivergence(tf.softmax(logits) as tf.Tensor2D, kernel, { distance });
    expect(gradientError(loss, [logits], 3)).toBeLessThan(1e-3);
    tf.dispose([logits, kernel]);
  });

  test('gradients are finite at the corners', () => {
    for (const distance of ['squared', 'euclidean'] as const) {
      const gradient = readValues(() =>
        tf.grad((a) => simplexDivergence(a as tf.Tensor2D, tf.eye(3), { distance }))(tf.eye(3)),
      );
      expect([...gradient].every(Number.isFinite)).toBe(true);
    }
  });

  test('refuses another distance', () => {
    tf.tidy(() => {
      const wrong = { distance: 'cosine' as KernelDistance };
      expect(() => simplexDivergence(tf.eye(2), tf.eye(2), wrong)).toThrowError(/squared or euclidean/);
    });
  });
});

describe('assignmentOverlap', () => {
  test.prop(
    [anyProblem, fc.constantFrom('none', 'clusters', 'pairs'), fc.constantFrom('sum', 'sampleMean')],
    {
      numRuns,
    },
  )('is Eq. 10, entry by entry', ({ n, k, seed }, normaliser, reduction) => {
    const assignments = assignmentsOf(n, k, seed);
    let sum = 0;
    for (let i = 0; i < k; i++)
      for (let j = i + 1; j < k; j++) for (const row of assignments) sum += row[i]! * row[j]!;
    const factor = { none: 1, clusters: 1 / k, pairs: 2 / (k * (k - 1)) }[normaliser];
    const value = valueOf(() => assignmentOverlap(tensor(assignments), { normaliser, reduction }));
    expect(value).toBeCloseTo((factor * sum) / (reduction === 'sum' ? 1 : n), 4);
  });

  test.prop([fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5 }), anySeed], { numRuns })(
    'hard assignments are orthogonal, empty clusters or not; uniform ones overlap the most',
    (n, k, seed) => {
      const random = randomSource(seed);
      const labels = Array.from({ length: n }, () => random.integer(k));
      const hard = labels.map((label) => Array.from({ length: k }, (_, i) => (i === label ? 1 : 0)));
      const overlap = (matrix: Rows) =>
        valueOf(() => assignmentOverlap(tensor(matrix), { normaliser: 'none' }));
      const most = (n * (k - 1)) / (2 * k);
      expect(overlap(hard)).toBe(0);
      expect(overlap(hard.map((row) => row.map(() => 1 / k)))).toBeCloseTo(most, 4);
      expect(overlap(assignmentsOf(n, k, seed))).toBeLessThanOrEqual(most + 1e-5);
    },
  );

  test('gradients agree with finite differences', () => {
    const logits = tf.variable(tensor(rows(5, 3, 6)));
    expect(
      gradientError(() => assignmentOverlap(tf.softmax(logits) as tf.Tensor2D), [logits], 3),
    ).toBeLessThan(1e-3);
    logits.dispose();
  });

  test('refuses anything but [n, k], and a reduction it does not have', () => {
    tf.tidy(() => {
      expect(() => assignmentOverlap(tf.zeros([3]) as unknown as tf.Tensor2D)).toThrowError(/\[n, k\]/);
      const reduction = 'mean' as unknown as 'sum';
      expect(() => assignmentOverlap(tf.zeros([3, 2]), { reduction })).toThrowError(/sum or sampleMean/);
    });
  });
});

describe('attentionLoss', () => {
  test.prop([fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }), anySeed], { numRuns })(
    'is Eq. 6, entry by entry',
    (n, count, seed) => {
      const fused = kernelOf(n, seed);
      const kernels = Array.from({ length: count }, (_, v) => kernelOf(n, seed + v + 1));
      const weights = softmax(rows(1, count, seed)[0]!);
      let sum = 0;
      for (let p = 0; p < n; p++)
        for (let q = 0; q < n; q++) {
          const combined = kernels.reduce((total, kernel, v) => total + weights[v]! * kernel[p]![q]!, 0);
          sum += (fused[p]![q]! - combined) ** 2;
        }
      const value = (reduction: 'sum' | 'mean') =>
        valueOf(() => attentionLoss(tensor(fused), kernels.map(tensor), tf.tensor1d(weights), { reduction }));
      expect(value('sum')).toBeCloseTo(sum, 4);
      expect(value('mean')).toBeCloseTo(sum / (n * n), 5);
    },
  );

  test.prop(
    [
      fc.array(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 3 }),
      anySeed,
    ],
    { numRuns },
  )(
    'compares samples by the modalities that both have, whatever the others hold (flags, modalities, seed)',
    (flags, count, seed) => {
      const n = flags.length;
      const fused = kernelOf(n, seed);
      const kernels = Array.from({ length: count }, (_, v) => kernelOf(n, seed + v + 1));
      const weights = softmax(rows(1, count, seed)[0]!);
      let sum = 0;
      let pairs = 0;
      for (let p = 0; p < n; p++)
        for (let q = 0; q < n; q++) {
          // The first modality is there for all where the seed is odd.
          const shared = weights.map(
            (_, v) => (v === 0 && seed % 2 === 1) || (flags[p]![v]! && flags[q]![v]!),
          );
          const total = weights.reduce((part, weight, v) => part + (shared[v] ? weight : 0), 0);
          if (total === 0) continue;
          const combined = kernels.reduce(
            (part, kernel, v) => part + (shared[v] ? (weights[v]! / total) * kernel[p]![q]! : 0),
            0,
          );
          sum += (fused[p]![q]! - combined) ** 2;
          pairs++;
        }
      const value = (reduction: 'sum' | 'mean') =>
        valueOf(() => {
          const masks = kernels.map((_, v) =>
            v === 0 && seed % 2 === 1 ? undefined : tf.tensor2d(flags.map((row) => [row[v] ? 1 : 0])),
          );
          return attentionLoss(tensor(fused), kernels.map(tensor), tf.tensor1d(weights), {
            reduction,
            masks,
          });
        });
      expect(value('sum')).toBeCloseTo(sum, 4);
      expect(value('mean')).toBeCloseTo(pairs === 0 ? 0 : sum / pairs, 4);
    },
  );

  test('gradients of pairs without a common modality are zero, and finite', () => {
    const kernel = tensor(kernelOf(2, 3));
    const masks = [tf.tensor2d([[1], [0]]), tf.tensor2d([[0], [1]])];
    const weights = tf.tensor1d([0.3, 0.7]);
    const [a, b, w] = tf.tidy(() =>
      tf
        .grads((x, y, z) =>
          attentionLoss(x as tf.Tensor2D, [y as tf.Tensor2D, kernel], z as tf.Tensor1D, { masks }),
        )([kernel, kernel, weights])
        .map((gradient) => [...gradient.dataSync()]),
    );
    for (const values of [a!, b!, w!]) expect(values.every(Number.isFinite)).toBe(true);
    expect([a![1], a![2], b![1], b![2], b![3]].every((value) => value === 0)).toBe(true);
    tf.dispose([kernel, ...masks, weights]);
  });

  test.prop([fc.integer({ min: 1, max: 6 }), anySeed], { numRuns: 10 })(
    'is 0 where kernels agree',
    (n, seed) => {
      const value = valueOf(() => {
        const kernel = tensor(kernelOf(n, seed));
        return attentionLoss(kernel, [kernel, kernel], tf.tensor1d([0.25, 0.75]));
      });
      expect(value).toBeCloseTo(0, 6);
    },
  );

  test('gradients agree with finite differences', () => {
    const [fused, first, second] = [1, 2, 3].map((seed) => tf.variable(tensor(kernelOf(4, seed))));
    const weights = tf.variable(tf.tensor1d([0.3, 0.7]));
    const loss = () =>
      attentionLoss(
        fused as unknown as tf.Tensor2D,
        [first, second] as unknown as tf.Tensor2D[],
        weights as unknown as tf.Tensor1D,
      );
    expect(gradientError(loss, [fused!, first!, second!, weights], 3)).toBeLessThan(1e-3);
    tf.disposeVariables();
  });

  test('refuses weights that are not one a kernel, and kernels of other samples', () => {
    tf.tidy(() => {
      const kernel = tf.ones<tf.Rank.R2>([2, 2]);
      expect(() => attentionLoss(kernel, [kernel], tf.ones([2]))).toThrowError(/one weight a kernel/);
      expect(() => attentionLoss(kernel, [], tf.ones([0]))).toThrowError(/one weight a kernel/);
      expect(() => attentionLoss(kernel, [tf.ones([3, 3])], tf.ones([1]))).toThrowError(/shape/);
      const [one, mask] = [tf.ones<tf.Rank.R1>([1]), tf.ones([2, 1])];
      expect(() => attentionLoss(kernel, [kernel], one, { masks: [mask, mask] })).toThrowError(/2 masks/);
      expect(() => attentionLoss(kernel, [kernel], one, { masks: [tf.ones([3, 1])] })).toThrowError(
        /\[2, 1\]/,
      );
    });
  });
});

test('compiled on onnx, values and gradients are those of cpu', async () => {
  const results: Record<string, Float32Array>[] = [];
  for (const backend of ['cpu', 'onnx'] as const) {
    await useBackend(backend);
    const before = tf.memory().numTensors;
    const inputs = {
      logits: seededNormal([12, 3], randomSource(1)),
      z: seededNormal([12, 4], randomSource(2)),
    };
    const step = compile(({ logits, z }) => {
      const mask = tf.tensor2d([0, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 1], [12, 1]);
      const weights = tf.tensor1d([0.6, 0.4]);
      const evaluate = (a: tf.Tensor, b: tf.Tensor) => {
        const assignments = tf.softmax(a) as tf.Tensor2D;
        const kernel = gaussianKernel(b as tf.Tensor2D);
        const wide = gaussianKernel(b as tf.Tensor2D, { width: 'median', share: 0.8, distance: 'euclidean' });
        const terms = {
          separation: cauchySchwarzDivergence(assignments, kernel),
          simplex: simplexDivergence(assignments, kernel, { distance: 'euclidean' }),
          squared: simplexDivergence(assignments, wide),
          overlap: assignmentOverlap(assignments),
          attention: attentionLoss(kernel, [wide, kernel], tf.tensor1d([0.3, 0.7])),
          masked: attentionLoss(
            kernel,
            [gaussianKernel(b as tf.Tensor2D, { mask, medianRows: 5 }), wide],
            weights,
            {
              masks: [mask, undefined],
            },
          ),
        };
        return { terms, total: tf.addN(Object.values(terms)) as tf.Scalar };
      };
      const [a, b] = tf.grads((x, y) => evaluate(x!, y!).total)([logits!, z!]);
      return { ...evaluate(logits!, z!).terms, a: a!, b: b! };
    });
    results.push(await step.run(inputs));
    step.dispose();
    tf.dispose(inputs);
    expect(tf.memory().numTensors).toBe(before);
  }
  await tf.setBackend('cpu');
  const [cpu, onnx] = results;
  for (const [key, values] of Object.entries(cpu!))
    values.forEach((value, p) => expect(onnx![key]![p]).toBeCloseTo(value, 4));
});
