import {
  denseMatrix,
  fromRows,
  permuteSymmetric,
  randomSource,
  toCsr,
  toDense,
  type CsrMatrix,
} from '@crossmodal/core';
import { symmetricEigen } from '@crossmodal/linalg';
import { ari } from '@crossmodal/metrics';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { agreement, consensus, graphPartitions, supportWeights } from '../index.js';
import { affinityComponents } from './affinity-components.js';
import type { ConsensusMembers } from './consensus.js';

const seeds = fc.nat(100_000);

/** A sparse symmetric graph that links like rows more often than unlike ones. */
function drawGraph(n: number, seed: number, truth: ArrayLike<number>): CsrMatrix {
  const random = randomSource(seed);
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      if (random.uniform() > (truth[i] === truth[j] ? 0.6 : 0.1)) continue;
      const weight = 0.1 + random.uniform();
      values[i * n + j] = weight;
      values[j * n + i] = weight;
    }
  }
  return toCsr(denseMatrix(values, n, n));
}

/** Labels of which a part are drawn anew. */
function drawPartition(truth: ArrayLike<number>, clusters: number, noise: number, seed: number): number[] {
  const random = randomSource(seed);
  return Array.from(truth, (label) =>
    random.uniform() < noise ? Math.floor(random.uniform() * clusters) : label,
  );
}

function drawMembers(
  n: number,
  clusters: number,
  seed: number,
): Pick<ConsensusMembers, 'partitions'> & {
  readonly graphs: readonly CsrMatrix[];
  readonly truth: number[];
} {
  const truth = Array.from({ length: n }, (_, i) => i % clusters);
  const graphs = [0, 1, 2, 3].map((g) => drawGraph(n, seed + g, truth));
  const partitions = graphs.map((_, g) =>
    [0, 1].map((run) => drawPartition(truth, clusters, 0.1 + 0.2 * g, seed + 10 * g + run)),
  );
  return { graphs, partitions, truth };
}

/** The formula in plain loops over dense rows. */
function plainConsensus(
  { graphs, partitions }: { graphs: readonly CsrMatrix[]; partitions: readonly (readonly number[][])[] },
  n: number,
): { weights: number[]; affinity: number[][] } {
  const support = partitions.map((own, g) => {
    const means = partitions.flatMap((other, h) => {
      if (g === h) return [];
      let sum = 0;
      for (const a of own) for (const b of other) sum += ari(a, b);
      return [sum / (own.length * other.length)];
    });
    const most = means.toSorted((a, b) => b - a).slice(0, 3);
    return Math.max(0, most.reduce((a, b) => a + b, 0) / most.length);
  });
  const raw = support.map((u) => (u / Math.max(...support)) ** 8);
  const weights = raw.map((w) => w / raw.reduce((a, b) => a + b, 0));
  const zeros = () => Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const meanRowSum = (matrix: number[][]) => matrix.flat().reduce((a, b) => a + b, 0) / n;
  const a = zeros();
  const c = zeros();
  graphs.forEach((graph, g) => {
    const dense = toDense(graph).values;
    const rows = zeros().map((row, i) => row.map((_, j) => dense[i * n + j]!));
    const degree = meanRowSum(rows);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        a[i]![j]! += (weights[g]! * rows[i]![j]!) / degree;
        for (const run of partitions[g]!)
          if (run[i] === run[j]) c[i]![j]! += weights[g]! / partitions[g]!.length;
      }
    }
  });
  const scale = meanRowSum(c);
  return { weights, affinity: a.map((row, i) => row.map((x, j) => x + c[i]![j]! / scale)) };
}

describe('consensus', () => {
  test.prop([fc.integer({ min: 8, max: 40 }), fc.integer({ min: 2, max: 4 }), seeds], { numRuns: 20 })(
    'is its formula: weights, products, degrees and eigenvalues (n, clusters, seed)',
    (n, clusters, seed) => {
      const members = drawMembers(n, clusters, seed);
      const plain = plainConsensus(members as never, n);
      const found = consensus(members, { clusters, random: randomSource(seed), extraEigenvectors: 3 });
      found.weights.forEach((w, g) => expect(w).toBeCloseTo(plain.weights[g]!, 10));
      const random = randomSource(seed).fork('x');
      const x = Float64Array.from({ length: 2 * n }, () => random.normal());
      const y = new Float64Array(2 * n);
      found.affinity.multiply(x, y, 2);
      for (let i = 0; i < n; i++) {
        const row = plain.affinity[i]!;
        for (const c of [0, 1])
          expect(y[c * n + i]).toBeCloseTo(
            row.reduce((sum, b, j) => sum + b * x[c * n + j]!, 0),
            9,
          );
        expect(found.affinity.degrees[i]).toBeCloseTo(
          row.reduce((sum, b) => sum + b, 0),
          9,
        );
      }
      const d = plain.affinity.map((row) => Math.sqrt(row.reduce((sum, b) => sum + b, 0)));
      const normalised = plain.affinity.flatMap((row, i) => row.map((b, j) => b / (d[i]! * d[j]!)));
      const { values } = symmetricEigen(denseMatrix(Float64Array.from(normalised), n, n));
      found.eigenvalues.forEach((value, j) => expect(value).toBeCloseTo(values[j]!, 8));
    },
  );

  test.prop([seeds], { numRuns: 10 })(
    'permuting the rows permutes the labels, and names of labels do not matter (seed)',
    (seed) => {
      const n = 36;
      const { graphs, partitions } = drawMembers(n, 3, seed);
      const order = randomSource(seed).fork('order').permutation(n);
      const place = new Int32Array(n);
      order.forEach((from, to) => (place[from] = to));
      const options = { clusters: 3, random: randomSource(1) };
      const one = consensus({ graphs, partitions }, options);
      const two = consensus(
        {
          graphs: graphs.map((graph) => permuteSymmetric(graph, place)),
          partitions: partitions.map((runs) =>
            runs.map((run) => Array.from(order, (i) => `cluster ${5 - Number(run[i])}`)),
          ),
        },
        options,
      );
      expect(
        ari(
          Array.from(order, (i) => one.labels[i]!),
          two.labels,
        ),
      ).toBe(1);
      two.weights.forEach((w, g) => expect(w).toBeCloseTo(one.weights[g]!, 10));
    },
  );

  test('members without graphs count by their partitions, and what they agree on is found', () => {
    const { graphs, partitions, truth } = drawMembers(60, 3, 4);
    const alone = consensus({ partitions }, { clusters: 3, random: randomSource(0) });
    expect(alone.graphWeights.every((w) => w === 0)).toBe(true);
    expect(alone.affinity.graph.values).toHaveLength(0);
    expect(ari(truth, alone.labels)).toBeGreaterThan(0.7);
    const some = consensus(
      { graphs: [undefined, graphs[1]], partitions },
      { clusters: 3, random: randomSource(0) },
    );
    expect(some.graphWeights[1]).toBeGreaterThan(0);
    expect(some.graphWeights[0]).toBe(0);
    // The mean degree of the weighted graphs is 1, whichever members have one.
    expect(Array.from(some.affinity.graph.values).reduce((sum, x) => sum + x, 0) / 60).toBeCloseTo(1, 10);
  });

  test('extremes: one member, one object, one cluster, as many clusters as objects, no edges, no agreement', () => {
    const random = randomSource(1);
    const one = consensus({ partitions: [[[0]]] }, { clusters: 1, random });
    expect([...one.labels]).toEqual([0]);
    expect([...one.weights]).toEqual([1]);
    const pair = [0, 0, 1, 1];
    const without = toCsr(denseMatrix(new Float64Array(16), 4, 4));
    expect([
      ...consensus({ graphs: [without], partitions: [[pair]] }, { clusters: 2, random }).labels,
    ]).toEqual(pair);
    expect(new Set(consensus({ partitions: [[pair]] }, { clusters: 1, random }).labels).size).toBe(1);
    const all = consensus({ partitions: [[[0, 1, 2, 3]]] }, { clusters: 4, random });
    expect(new Set(all.labels).size).toBe(4);
    const crossed = consensus({ partitions: [[pair], [[0, 1, 0, 1]]] }, { clusters: 2, random });
    expect([...crossed.support]).toEqual([0, 0]);
    expect([...crossed.weights]).toEqual([0.5, 0.5]);
  });

  test('what cannot be is refused', () => {
    const random = randomSource(1);
    const options = { clusters: 2, random };
    const refuses = (members: ConsensusMembers, code: string, given: object = options) =>
      expect(() => consensus(members, given as typeof options)).toThrow(
        expect.objectContaining({ code }) as Error,
      );
    const graph = toCsr(
      fromRows([
        [0, 1],
        [1, 0],
      ]),
    );
    refuses({ partitions: [] }, 'shape');
    refuses({ partitions: [[]] }, 'shape');
    refuses({ partitions: [[[0, 1]], [[0, 1, 1]]] }, 'shape');
    refuses({ graphs: [graph], partitions: [[[0, 1, 1]]] }, 'shape');
    refuses({ graphs: [graph, graph], partitions: [[[0, 1]]] }, 'shape');
    refuses(
      {
        graphs: [
          toCsr(
            fromRows([
              [0, -1],
              [-1, 0],
            ]),
          ),
        ],
        partitions: [[[0, 1]]],
      },
      'value',
    );
    refuses({ partitions: [[[0, Number.NaN]], [[0, 1]]] }, 'value');
    refuses({ partitions: [[[0, Number.NaN]]] }, 'value');
    refuses({ partitions: [[[0, 1]]] }, 'option', { clusters: 3, random });
    refuses({ partitions: [[[0, 1]]] }, 'option', { ...options, power: -1 });
    refuses({ partitions: [[[0, 1]]] }, 'option', { ...options, closest: 0 });
    refuses({ partitions: [[[0, 1]]] }, 'option', { ...options, restarts: 0 });
    refuses({ partitions: [[[0, 1]]] }, 'option', { ...options, bandwidth: -1 });
  });
});

test('closest and power decide the weights', () => {
  const agreed = denseMatrix(
    Float64Array.of(1, 0.8, 0.2, 0, 0.8, 1, 0.4, 0, 0.2, 0.4, 1, -0.2, 0, 0, -0.2, 1),
    4,
    4,
  );
  const { support, weights } = supportWeights(agreed, { closest: 2, power: 1 });
  [0.5, 0.6, 0.3, 0].forEach((u, g) => expect(support[g]).toBeCloseTo(u, 12));
  [0.5, 0.6, 0.3, 0].forEach((u, g) => expect(weights[g]).toBeCloseTo(u / 1.4, 12));
  expect([...supportWeights(agreed, { power: 0 }).weights]).toEqual([0.25, 0.25, 0.25, 0.25]);
});

test.prop([fc.integer({ min: 1, max: 30 }), seeds])(
  'components of a graph and partitions are those of all pairs listed (n, seed)',
  (n, seed) => {
    const random = randomSource(seed);
    const values = new Float64Array(n * n);
    for (let e = 0; e < n / 4; e++) {
      const [i, j] = [Math.floor(random.uniform() * n), Math.floor(random.uniform() * n)];
      values[i * n + j] = 1;
      values[j * n + i] = 1;
    }
    const graph = toCsr(denseMatrix(values, n, n));
    const labels = Int32Array.from({ length: n }, () => Math.floor(random.uniform() * n));
    const parts = random.uniform() < 0.5 ? [{ labels, clusters: n, weight: 1 }] : [];
    const reach = Array.from({ length: n }, (_, i) => i);
    for (let round = 0; round < n; round++) {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          if (values[i * n + j] === 1 || (parts.length > 0 && labels[i] === labels[j]))
            reach[i] = Math.min(reach[i]!, reach[j]!);
        }
      }
    }
    const found = affinityComponents(graph, parts);
    expect(found.count).toBe(new Set(reach).size);
    expect(ari(found.labels, reach)).toBe(1);
  },
);

describe('graphPartitions', () => {
  test('finds separate clusters in each run, and keeps the runs apart where nothing decides', () => {
    const truth = Array.from({ length: 60 }, (_, i) => i % 3);
    const random = randomSource(2);
    const graph = drawGraph(60, 1, truth);
    const partitions = graphPartitions(graph, { clusters: 3, random, runs: 4 });
    expect(partitions).toHaveLength(4);
    for (const labels of partitions) expect(ari(truth, labels)).toBe(1);
    const undecided = graphPartitions(
      drawGraph(
        60,
        3,
        Array.from({ length: 60 }, () => 0),
      ),
      {
        clusters: 12,
        random,
        restarts: 1,
      },
    );
    expect(agreement([[undecided[0]!], [undecided[1]!]]).values[1]).toBeLessThan(1);
  });

  test('of more components than columns, the largest are told apart', () => {
    // Twenty pairs and five triangles.
    const values = new Float64Array(55 * 55);
    const edge = (i: number, j: number) => {
      values[i * 55 + j] = 1;
      values[j * 55 + i] = 1;
    };
    for (let p = 0; p < 20; p++) edge(2 * p, 2 * p + 1);
    for (let t = 0; t < 5; t++) {
      edge(40 + 3 * t, 41 + 3 * t);
      edge(41 + 3 * t, 42 + 3 * t);
    }
    const [labels] = graphPartitions(toCsr(denseMatrix(values, 55, 55)), {
      clusters: 6,
      extraEigenvectors: 0,
      random: randomSource(1),
      restarts: 10,
    });
    const triangles = [0, 1, 2, 3, 4].map((t) => labels![40 + 3 * t]!);
    expect(new Set(triangles).size).toBe(5);
    for (let t = 0; t < 5; t++)
      for (let v = 0; v < 3; v++) expect(labels![40 + 3 * t + v]).toBe(triangles[t]);
  });

  test('options and graphs that cannot be are refused', () => {
    const random = randomSource(1);
    const graph = toCsr(
      fromRows([
        [0, 1],
        [1, 0],
      ]),
    );
    for (const wrong of [
      { runs: 0 },
      { restarts: 0 },
      { clusters: 3 },
      { bandwidth: -1 },
      { extraEigenvectors: -1 },
    ])
      expect(() => graphPartitions(graph, { clusters: 1, random, ...wrong })).toThrow(
        expect.objectContaining({ code: 'option' }) as Error,
      );
    expect(() =>
      graphPartitions(
        toCsr(
          fromRows([
            [0, 1],
            [0, 0],
          ]),
        ),
        { clusters: 1, random },
      ),
    ).toThrow(expect.objectContaining({ code: 'value' }) as Error);
  });
});
