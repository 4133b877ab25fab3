import {
  denseMatrix,
  paired,
  randomSource,
  selectRows,
  toDense,
  vectors,
  type Paired,
} from '@crossmodal/core';
import { describe, expect, test } from 'vitest';
import { GRAPHS_C5 } from '@crossmodal/self-expressive';
import { createExact, loadExact, type FittedExact } from '../src/index.js';
import {
  plainEmbeddingGram,
  plainGraphs,
  plainInertia,
  plainSum,
  plainVotes,
  type PlainModality,
} from './plain-exact.js';

interface Drawn {
  readonly data: Paired;
  readonly plain: readonly PlainModality[];
}

/** Rows around three centres, near enough to each other that every constant of the method matters. */
function draw(seed: number, n: number, dimensions: readonly number[], gaps = false): Drawn {
  const random = randomSource(seed);
  const centres = dimensions.map((d) => Array.from({ length: 3 * d }, () => random.normal()));
  const plain = dimensions.map((d, v) =>
    Array.from({ length: n }, (_, i) => {
      const row = Array.from({ length: d }, (__, j) =>
        Math.fround(centres[v]![(i % 3) * d + j]! + random.normal()),
      );
      return gaps && i % 5 === v ? undefined : row;
    }),
  );
  const modalities = plain.map((rows, v) => {
    const d = dimensions[v]!;
    const values = Float32Array.from(rows.flatMap((row) => row ?? Array.from({ length: d }, () => 0)));
    const present = gaps ? Uint8Array.from(rows, (row) => (row === undefined ? 0 : 1)) : undefined;
    return vectors(`m${v}`, denseMatrix(values, n, d), present);
  });
  return { data: paired(modalities), plain };
}

const rowsOf = ({ rows, columns, values }: FittedExact['embedding']) =>
  Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns)));

/** Largest difference between row-major values and rows. */
function worstDifference(values: ArrayLike<number>, rows: readonly (readonly number[])[]): number {
  return rows.flat().reduce((worst, x, p) => Math.max(worst, Math.abs(x - values[p]!)), 0);
}

describe.each(['R', 'F2'] as const)('%s is its formula', (graphs) => {
  test.each([
    { seed: 1, dimensions: [5, 9], gaps: false, ridgeReference: 4500 },
    { seed: 2, dimensions: [8, 3, 12], gaps: false, ridgeReference: 4500 },
    { seed: 3, dimensions: [7, 6], gaps: true, ridgeReference: 4500 },
    { seed: 4, dimensions: [4, 10, 6], gaps: true, ridgeReference: 1 },
    { seed: 5, dimensions: [2, 6], gaps: false, ridgeReference: 4500 },
    { seed: 6, dimensions: [7, 1], gaps: true, ridgeReference: 4500 },
    { seed: 7, dimensions: [2], gaps: false, ridgeReference: 4500 },
    { seed: 8, dimensions: [3, 4], gaps: true, ridgeReference: 4500 },
  ])('all affinities and the embedding agree with plain loops, $seed', async (given) => {
    const { seed, dimensions, gaps, ridgeReference } = given;
    const n = 31;
    const { data, plain } = draw(seed, n, dimensions, gaps);
    const options = ridgeReference === 4500 ? {} : { ridgeReference };
    const fitted = await createExact({ graphs, ...options }).fit(data, { clusters: 3, seed });
    const set = dimensions.every((d) => d <= 4) ? 'N5' : graphs;
    const expected = plainSum(plainGraphs(plain, set, 1 + Math.max(0, n - ridgeReference) / 2000));
    // Single precision against double: products of unit rows are off by 1e-7, quotients of small coefficients by ten times that and more.
    expect(worstDifference(toDense(fitted.affinity).values, expected)).toBeLessThan(1e-4);
    const gram = plainEmbeddingGram(expected, {
      clusters: 3,
      extra: graphs === 'F2' ? 8 : 12,
      bandwidth: 0.5,
    });
    const rows = rowsOf(fitted.embedding);
    const products = rows.flatMap((a) => rows.map((b) => a.reduce((sum, x, j) => sum + x * b[j]!, 0)));
    // Eigenvectors of near eigenvalues turn by the difference of affinities over the gap.
    expect(worstDifference(products, gram)).toBeLessThan(1e-2);
  });

  test.each([false, true])(
    'new rows get the label of most votes, by the ridges of the fit; with gaps: %s',
    async (gaps) => {
      const n = 120;
      const { data, plain } = draw(5, n + 400, [6, 8], gaps);
      const cut = (from: number, to: number) =>
        paired(
          data.modalities.map(({ name, features: { values, columns }, present }) =>
            vectors(
              name,
              denseMatrix(values.slice(from * columns, to * columns) as Float32Array, to - from, columns),
              present?.slice(from, to),
            ),
          ),
        );
      // As many clusters as rows can tell, so that votes are close and a ridge that is a few percent off is seen.
      const clusters = 60;
      const fitted = await createExact({ graphs, ridgeReference: 1 }).fit(cut(0, n), { clusters });
      const predicted = await fitted.predict(cut(n, n + 400));
      const known = plain.map((modality) => modality.slice(0, n));
      const fresh = plain.map((modality) => modality.slice(n));
      const factor = 1 + (n - 1) / 2000;
      const votes = plainVotes(known, fresh, fitted.labels, { set: graphs, factor, clusters });
      votes.forEach((row, i) => {
        expect(row[predicted[i]!]).toBeGreaterThan(Math.max(...row) - 1e-4);
      });
    },
  );
});

describe('C5 is its formula', () => {
  /** Weight of each graph's edges, `w_g` over its mean degree. */
  const edgeWeights = ({ support }: FittedExact, plain: readonly PlainModality[], factor: number) =>
    plainGraphs(plain, 'C5', factor).map(
      (rows, g) => (support![g]!.weight * rows.length) / rows.flat().reduce((sum, x) => sum + x, 0),
    );

  test.each([
    { seed: 1, dimensions: [5, 9], gaps: false, ridgeReference: 4500 },
    { seed: 2, dimensions: [8], gaps: false, ridgeReference: 4500 },
    { seed: 3, dimensions: [7, 6, 5], gaps: true, ridgeReference: 4500 },
    { seed: 4, dimensions: [4, 10], gaps: true, ridgeReference: 1 },
  ])('the affinity is the graphs by their weights, $seed', async (given) => {
    const { seed, dimensions, gaps, ridgeReference } = given;
    const n = 31;
    const factor = 1 + Math.max(0, n - ridgeReference) / 2000;
    const { data, plain } = draw(seed, n, dimensions, gaps);
    const fitted = await createExact({ graphs: 'C5', ridgeReference }).fit(data, { clusters: 3, seed });
    const support = fitted.support!;
    expect(support.map(({ recipe }) => recipe)).toEqual(GRAPHS_C5);
    expect(support.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    const largest = Math.max(...support.map((own) => own.support));
    const powers = support.map((own) => (own.support / largest) ** 8);
    const total = powers.reduce((sum, power) => sum + power, 0);
    support.forEach(({ weight }, g) => expect(weight).toBeCloseTo(powers[g]! / total, 10));
    const expected = plainSum(plainGraphs(plain, 'C5', factor), edgeWeights(fitted, plain, factor));
    // Single precision against double, as above.
    expect(worstDifference(toDense(fitted.affinity).values, expected)).toBeLessThan(1e-3);
  });

  test.each([false, true])('new rows vote by the weights of the fit; with gaps: %s', async (gaps) => {
    const [n, clusters] = [60, 12];
    const { data, plain } = draw(5, n + 100, [6, 8], gaps);
    const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
    const fitted = await createExact({ graphs: 'C5' }).fit(selectRows(data, rows(0, n)), { clusters });
    const predicted = await fitted.predict(selectRows(data, rows(n, n + 100)));
    const known = plain.map((modality) => modality.slice(0, n));
    const votes = plainVotes(
      known,
      plain.map((modality) => modality.slice(n)),
      fitted.labels,
      { set: 'C5', factor: 1, clusters, weights: edgeWeights(fitted, known, 1) },
    );
    votes.forEach((row, i) => {
      expect(row[predicted[i]!]).toBeGreaterThan(Math.max(...row) - 1e-3);
    });
  });

  test('a saved model has its support and weights', async () => {
    const { data } = draw(6, 40, [6, 8], true);
    const fitted = await createExact({ graphs: 'C5' }).fit(data, { clusters: 3 });
    const loaded = await loadExact(await fitted.toBytes());
    expect(loaded.support).toEqual(fitted.support);
    expect(await loaded.predict(data)).toEqual(await fitted.predict(data));
    expect((await createExact({ graphs: 'R' }).fit(data, { clusters: 3 })).support).toBeUndefined();
  });
});

test('k-means starts 30 times unless told otherwise, and as often as it is told', async () => {
  const inertia = ({ embedding, labels }: FittedExact) => plainInertia(rowsOf(embedding), labels);
  let better = 0;
  for (const seed of [1, 2, 3]) {
    const { data } = draw(seed, 40, [5, 5]);
    const fit = async (options: { restarts?: number }) =>
      inertia(await createExact({ graphs: 'F2', ...options }).fit(data, { clusters: 6, seed }));
    const [once, usual, stated] = [await fit({ restarts: 1 }), await fit({}), await fit({ restarts: 30 })];
    expect(usual).toBe(stated);
    expect(usual).toBeLessThanOrEqual(once + 1e-9);
    if (usual < once - 1e-6) better++;
  }
  expect(better).toBeGreaterThan(0);
});

test('the defaults are those of the documentation', async () => {
  const { data } = draw(1, 12, [4]);
  const common = {
    ...{ hog: [], width: 3, ridgeReference: 4500, bandwidth: 0.5, restarts: 30 },
    ...{ route: 'auto' },
  };
  for (const [graphs, extraEigenvectors] of [
    ['C5', 12],
    ['R', 12],
    ['F2', 8],
  ] as const) {
    const fitted = await createExact(graphs === 'C5' ? {} : { graphs }).fit(data, { clusters: 2 });
    expect(fitted.options).toEqual({ ...common, graphs, extraEigenvectors, clusters: 2, seed: 0 });
  }
});
