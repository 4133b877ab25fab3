import { denseMatrix, fromRows, randomSource, type DenseMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { partition, permuted } from '../../tests/graphs.js';
import { kMeans, type KMeansResult } from './k-means.js';
import { kMeansPredict } from './k-means-predict.js';

const seed = fc.integer({ min: 0, max: 0xffffffff });

/** Points with many ties and repeats, or none. */
const points = fc
  .record({ seed, n: fc.integer({ min: 1, max: 40 }), d: fc.integer({ min: 0, max: 6 }), grid: fc.boolean() })
  .map(({ seed: s, n, d, grid }) => {
    const random = randomSource(s);
    return denseMatrix(
      Float64Array.from({ length: n * d }, () => (grid ? random.integer(4) : random.normal())),
      n,
      d,
    );
  });
const problem = points.chain((p) =>
  fc.record({ p: fc.constant(p), clusters: fc.integer({ min: 1, max: Math.min(p.rows, 8) }) }),
);

function inertiaOf(p: DenseMatrix<Float64Array>, { labels, centroids }: KMeansResult): number {
  return p.values.reduce(
    (sum, x, i) =>
      sum + (x - centroids.values[labels[Math.floor(i / p.columns)]! * p.columns + (i % p.columns)]!) ** 2,
    0,
  );
}

test.prop([problem, seed, seed])(
  'permuting the rows permutes the labels and changes nothing else, to the last bit',
  ({ p, clusters }, s, t) => {
    const order = randomSource(t).permutation(p.rows);
    const options = { clusters, restarts: 3 };
    const before = kMeans(p, { ...options, random: randomSource(s) });
    const after = kMeans(permuted(p, order, false), { ...options, random: randomSource(s) });
    expect(after).toEqual({ ...before, labels: Int32Array.from(order, (from) => before.labels[from]!) });
  },
);

test.prop([problem, seed])(
  'inertia is that of the labels, which are those of the nearest centroids',
  ({ p, clusters }, s) => {
    const result = kMeans(p, { clusters, random: randomSource(s) });
    expect(result.inertia).toBeCloseTo(inertiaOf(p, result), 10);
    // Of equally near centroids prediction names another one than the search did, whose numbers were not these.
    const labels = kMeansPredict(p, result.centroids);
    expect(inertiaOf(p, { ...result, labels })).toBeCloseTo(result.inertia, 10);
    expect(result.centroids.rows).toBe(clusters);
  },
);

test.prop([problem, seed])('inertia never rises with iterations or restarts', ({ p, clusters }, s) => {
  const inertia = (maxIterations: number, restarts: number): number =>
    kMeans(p, { clusters, restarts, maxIterations, tolerance: 0, random: randomSource(s) }).inertia;
  let last = Infinity;
  for (let iterations = 1; iterations < 8; iterations++) {
    const next = inertia(iterations, 1);
    expect(next).toBeLessThanOrEqual(last * (1 + 1e-12) + 1e-12);
    last = next;
  }
  expect(inertia(300, 5)).toBeLessThanOrEqual(inertia(300, 1));
});

test.prop([problem, seed])(
  'with tolerance 0 it ends where plain Lloyd iterations stand still',
  ({ p, clusters }, s) => {
    const { labels, centroids } = kMeans(p, { clusters, tolerance: 0, random: randomSource(s) });
    for (let c = 0; c < clusters; c++) {
      const members = [...labels.keys()].filter((i) => labels[i] === c);
      for (let j = 0; j < p.columns && members.length > 0; j++) {
        const mean = members.reduce((sum, i) => sum + p.values[i * p.columns + j]!, 0) / members.length;
        expect(centroids.values[c * p.columns + j]).toBeCloseTo(mean, 10);
      }
    }
  },
);

test.prop([seed, fc.integer({ min: 2, max: 10 })], { numRuns: 30 })(
  'finds separated groups',
  (s, clusters) => {
    const random = randomSource(s);
    const p = denseMatrix(
      Float64Array.from(
        { length: 300 },
        (_, i) => 20 * (Math.floor(i / 2) % clusters) * ((i % 2) + 1) + random.normal(),
      ),
      150,
      2,
    );
    const { labels } = kMeans(p, { clusters, random });
    expect(partition(labels)).toEqual(Array.from({ length: 150 }, (_, i) => i % clusters));
  },
);

test.prop([points, seed])('as many clusters as distinct rows leave nothing over', (p, s) => {
  const distinct = new Set(
    Array.from({ length: p.rows }, (_, i) => p.values.slice(i * p.columns, (i + 1) * p.columns).join()),
  ).size;
  expect(kMeans(p, { clusters: distinct, random: randomSource(s), restarts: 1 }).inertia).toBeCloseTo(0, 12);
  expect(kMeans(p, { clusters: p.rows, random: randomSource(s), restarts: 1 }).inertia).toBeCloseTo(0, 12);
});

/** Few different rows, each several times over, in random order. */
const repeated = fc
  .record({
    seed,
    counts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 10 }),
    d: fc.integer({ min: 1, max: 5 }),
    exponent: fc.integer({ min: -6, max: 6 }),
    offset: fc.constantFrom(0, 1000),
  })
  .map(({ seed: s, counts, d, exponent, offset }) => {
    const random = randomSource(s);
    const different = counts.map(() =>
      Array.from({ length: d }, () => 10 ** exponent * (offset + random.normal())),
    );
    const owners = counts.flatMap((count, owner) => new Array<number>(count).fill(owner));
    const owner = Int32Array.from(random.permutation(owners.length), (i) => owners[i]!);
    return { owner, groups: counts.length, p: fromRows(Array.from(owner, (g) => different[g]!)) };
  });

test.prop([repeated, fc.nat(6), fc.boolean(), fc.integer({ min: 1, max: 3 }), seed])(
  'at least as many clusters as different rows: each different row is a cluster',
  ({ owner, groups, p }, more, ordered, iterations, s) => {
    const { labels, inertia } = kMeans(p, {
      clusters: Math.min(groups + more, p.rows),
      random: randomSource(s),
      restarts: 2,
      ...(ordered ? { rowOrder: randomSource(s).permutation(p.rows) } : { maxIterations: iterations }),
    });
    expect(partition(labels)).toEqual(partition(owner));
    expect(inertia).toBeLessThan(1e-20 * p.values.reduce((sum, x) => sum + x * x, 0));
  },
);

test.prop([repeated, fc.double({ min: 0, max: 1, noNaN: true }), seed])(
  'equal rows share a cluster, whatever the number of clusters',
  ({ owner, p }, share, s) => {
    const clusters = 1 + Math.floor(share * (p.rows - 1));
    const { labels } = kMeans(p, { clusters, random: randomSource(s), restarts: 2 });
    const label = new Map<number, number>();
    owner.forEach((g, i) => {
      expect(labels[i]).toBe(label.get(g) ?? labels[i]);
      label.set(g, labels[i]!);
    });
  },
);

test.prop([points, seed])('one cluster is the mean', (p, s) => {
  const { labels, centroids } = kMeans(p, { clusters: 1, random: randomSource(s) });
  expect(new Set(labels)).toEqual(new Set([0]));
  for (let j = 0; j < p.columns; j++) {
    let sum = 0;
    for (let i = 0; i < p.rows; i++) sum += p.values[i * p.columns + j]!;
    expect(centroids.values[j]).toBeCloseTo(sum / p.rows, 12);
  }
});

test.prop([problem, seed])('a given row order decides the numbers of the clusters', ({ p, clusters }, s) => {
  const order = randomSource(s).permutation(p.rows);
  const { labels } = kMeans(p, { clusters, random: randomSource(s), rowOrder: order });
  expect(partition(order.map((i) => labels[i]!))).toEqual([...order.map((i) => labels[i]!)]);
});

test('the same seed gives the same start, restarts and iterations are used, and another seed differs', () => {
  const random = randomSource(1);
  const p = denseMatrix(
    Float64Array.from({ length: 600 }, () => random.normal()),
    200,
    3,
  );
  const run = (s: number, options: object): KMeansResult =>
    kMeans(p, { clusters: 12, random: randomSource(s), restarts: 1, ...options });
  expect(run(3, {})).toEqual(run(3, {}));
  expect(run(3, {}).inertia).not.toBe(run(4, {}).inertia);
  expect(run(3, { restarts: 20 }).inertia).toBeLessThan(run(3, {}).inertia);
  expect(run(3, { maxIterations: 2 }).iterations).toBe(2);
  expect(run(3, { tolerance: 0.5 }).iterations).toBeLessThan(run(3, { tolerance: 0 }).iterations);
});

test.each([
  ['shape', fromRows([]), {}],
  ['value', fromRows([[Number.NaN]]), {}],
  ['option', fromRows([[1]]), { clusters: 2 }],
  ['option', fromRows([[1]]), { restarts: 0 }],
  ['option', fromRows([[1]]), { maxIterations: 0 }],
  ['option', fromRows([[1]]), { tolerance: -1 }],
  ['option', fromRows([[1], [2]]), { rowOrder: [1, 1] }],
  ['aborted', fromRows([[1]]), { signal: AbortSignal.abort() }],
])('refuses with %s', (code, p, options) => {
  expect(() => kMeans(p, { clusters: 1, random: randomSource(1), ...options })).toThrow(
    expect.objectContaining({ code }),
  );
});

test('prediction refuses other columns, no centroids and NaN', () => {
  expect(() => kMeansPredict(fromRows([[1, 2]]), fromRows([[1]]))).toThrow(
    expect.objectContaining({ code: 'shape' }),
  );
  expect(() => kMeansPredict(fromRows([]), fromRows([]))).toThrow(expect.objectContaining({ code: 'shape' }));
  expect(() => kMeansPredict(fromRows([[Number.NaN]]), fromRows([[1]]))).toThrow(
    expect.objectContaining({ code: 'value' }),
  );
});
