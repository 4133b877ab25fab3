import { denseMatrix, fromRows, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { buildAffinity } from '../build-affinity.js';
import { completeModalities } from './complete-modalities.js';
import { crossGraph } from '../cross-graph.js';
import { crossKernel } from '../kernels/cross-kernel.js';
import { GRAPHS_F2, GRAPHS_R } from '../graph-recipe.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import { modalityKernels } from '../kernels/modality-kernels.js';
import { packedAt } from '../kernels/packed-half.js';

const dimensions = [3, 4, 2];

/** Unit rows, of which each modality but one row lacks a share; no row lacks all. */
function drawn(n: number, seed: number, rate: number): KernelFeatures[] {
  const random = randomSource(seed);
  const held = Int32Array.from({ length: n }, () => random.integer(dimensions.length));
  return dimensions.map((d, v) => {
    const present = Uint8Array.from(held, (kept) => (kept === v || random.uniform() > rate ? 1 : 0));
    const rows = Array.from(present, (flag) => {
      const row = Array.from({ length: d }, () => random.normal());
      return row.map((x) => (flag === 1 ? Math.fround(x / Math.hypot(...row)) : 0));
    });
    return { features: fromRows(rows), present };
  });
}

const rowOf = ({ features: { columns, values } }: KernelFeatures, i: number) =>
  Array.from(values.subarray(i * columns, (i + 1) * columns));
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, c) => sum + x * b[c]!, 0);

/** Weights of the fitted rows in place of row `i` of modality `v`, by plain loops. */
function plainWeights(
  given: readonly KernelFeatures[],
  fitted: readonly KernelFeatures[],
  v: number,
  i: number,
) {
  const n = fitted[0]!.features.rows;
  const there = Array.from({ length: n }, (_, j) => j).filter((j) => fitted[v]!.present![j] === 1);
  const weights = new Array<number>(n).fill(0);
  const best = there
    .map((j) => ({ j, s: given.reduce((sum, own, u) => sum + dot(rowOf(own, i), rowOf(fitted[u]!, j)), 0) }))
    .filter(({ s }) => s > 0)
    .toSorted((a, b) => b.s - a.s)
    .slice(0, 10);
  const total = best.reduce((sum, { s }) => sum + s, 0);
  for (const { j, s } of best) weights[j] = s / total;
  if (best.length === 0) for (const j of there) weights[j] = 1 / there.length;
  return weights;
}

const sizes = fc.integer({ min: 1, max: 25 });
const rates = fc.constantFrom(0.1, 0.5, 1);

describe('completed modalities', () => {
  test.prop([sizes, rates, fc.nat(1000)], { numRuns: 40 })(
    'features and kernels are those of the formula in plain loops: M X, and M K M^T (n, rate, seed)',
    (n, rate, seed) => {
      const given = drawn(n, seed, rate);
      completeModalities(given).forEach((completed, v) => {
        const own = given[v]!;
        const there = Array.from({ length: n }, (_, i) => i).filter((i) => own.present![i] === 1);
        if (there.length === 0) return;
        const mixing = Array.from({ length: n }, (_, i) =>
          own.present![i] === 1
            ? Array.from({ length: n }, (__, j) => (i === j ? 1 : 0))
            : plainWeights(given, given, v, i),
        );
        const { median, gaussian } = modalityKernels(completed, { widths: [2] });
        const lifted = there.map((l) =>
          there.map((k) => {
            const distance = l === k ? 0 : Math.max(2 - 2 * dot(rowOf(own, l), rowOf(own, k)), 0);
            return Math.exp(median > 0 ? -distance / (2 * median) : 0);
          }),
        );
        // M K first, whose columns are the present rows; then times M^T.
        const half = mixing.map((row) =>
          there.map((_, k) => there.reduce((sum, l, p) => sum + row[l]! * lifted[p]![k]!, 0)),
        );
        for (let i = 0; i < n; i++) {
          const mixed = Array.from({ length: dimensions[v]! }, (_, c) =>
            there.reduce((sum, l) => sum + mixing[i]![l]! * rowOf(own, l)[c]!, 0),
          );
          rowOf(completed, i).forEach((x, c) => expect(Math.abs(x - mixed[c]!)).toBeLessThan(1e-5));
          for (let j = 0; j < n; j++) {
            const sum = there.reduce((total, k, p) => total + half[i]![p]! * mixing[j]![k]!, 0);
            expect(Math.abs(packedAt(gaussian.get(2)!, n, i, j) - sum)).toBeLessThan(1e-4);
          }
        }
      });
    },
  );

  test.prop([sizes, rates, fc.nat(1000)], { numRuns: 30 })(
    'kernels are positive semidefinite: every form x^T K x is 0 or more (n, rate, seed)',
    (n, rate, seed) => {
      const random = randomSource(seed).fork('forms');
      for (const completed of completeModalities(drawn(n, seed, rate))) {
        const { linear, gaussian } = modalityKernels(completed, { widths: [3] });
        for (const kernel of [linear, gaussian.get(3)!]) {
          for (let form = 0; form < 20; form++) {
            const x = Array.from({ length: n }, () => random.normal());
            let sum = 0;
            for (let i = 0; i < n; i++)
              for (let j = 0; j < n; j++) sum += x[i]! * x[j]! * packedAt(kernel, n, i, j);
            // Single precision in each of n^2 products of size 1.
            expect(sum).toBeGreaterThan(-1e-6 * n * n);
          }
        }
      }
    },
  );

  test.prop([sizes, rates, fc.nat(1000)], { numRuns: 30 })(
    'permuting the rows permutes what they are filled with (n, rate, seed)',
    (n, rate, seed) => {
      const given = drawn(n, seed, rate);
      const order = randomSource(seed).fork('order').permutation(n);
      const moved = given.map((own): KernelFeatures => ({
        features: fromRows(Array.from(order, (i) => rowOf(own, i))),
        present: Uint8Array.from(order, (i) => own.present![i]!),
      }));
      const [one, two] = [completeModalities(given), completeModalities(moved)];
      one.forEach((completed, v) =>
        order.forEach((i, place) =>
          rowOf(two[v]!, place).forEach((x, c) =>
            expect(Math.abs(x - rowOf(completed, i)[c]!)).toBeLessThan(1e-5),
          ),
        ),
      );
    },
  );

  test.prop([fc.integer({ min: 2, max: 20 }), rates, fc.nat(1000)], { numRuns: 30 })(
    'kernels of new rows are those of the formula in plain loops: N k M^T (n, rate, seed)',
    (n, rate, seed) => {
      const known = drawn(n, seed, rate);
      const fresh = drawn(6, seed + 1, rate);
      const fitted = completeModalities(known);
      completeModalities(fresh, known).forEach((given, v) => {
        const there = Array.from({ length: n }, (_, i) => i).filter((i) => known[v]!.present![i] === 1);
        if (there.length === 0) return;
        const own = modalityKernels(fitted[v]!, { widths: [3] });
        const { linear, gaussian } = crossKernel(fitted[v]!, given, { own, median: own.median });
        const parts = (rows: readonly KernelFeatures[], i: number) =>
          rows[v]!.present![i] === 1
            ? [{ weight: 1, row: rowOf(rows[v]!, i) }]
            : plainWeights(rows, known, v, i)
                .map((weight, j) => ({ weight, row: rowOf(known[v]!, j) }))
                .filter(({ weight }) => weight > 0);
        const right = Array.from({ length: n }, (_, j) => parts(known, j));
        for (let i = 0; i < 6; i++) {
          const left = parts(fresh, i);
          for (let j = 0; j < n; j++) {
            let [product, lifted] = [0, 0];
            for (const a of left) {
              for (const b of right[j]!) {
                const gram = dot(a.row, b.row);
                product += a.weight * b.weight * gram;
                const distance = Math.max(2 - 2 * gram, 0);
                lifted += a.weight * b.weight * Math.exp(own.median > 0 ? -distance / (3 * own.median) : 0);
              }
            }
            expect(Math.abs(linear[i * n + j]! - product)).toBeLessThan(1e-5);
            expect(Math.abs(gaussian.get(3)![i * n + j]! - lifted)).toBeLessThan(1e-4);
          }
        }
      });
    },
  );

  test.each([GRAPHS_R, GRAPHS_F2])(
    'without absent rows nothing is touched, to the last bit',
    async (...recipes) => {
      const flagged = drawn(20, 3, 0);
      const plain = flagged.map(({ features }) => ({ features }));
      completeModalities(flagged).forEach((completed, v) => {
        expect(completed).toBe(flagged[v]);
        const [one, two] = [completed, plain[v]!].map((own) => modalityKernels(own, { widths: [3] }));
        expect(one).toEqual(two);
      });
      const [one, two] = [await buildAffinity(flagged, { recipes }), await buildAffinity(plain, { recipes })];
      expect(one).toEqual(two);
      const settings = { recipes, width: 3, ridgeFactor: 1, medians: one.medians };
      const fresh = drawn(5, 4, 0);
      expect(crossGraph(flagged, fresh, settings)).toEqual(
        crossGraph(
          plain,
          fresh.map(({ features }) => ({ features })),
          settings,
        ),
      );
    },
  );

  test('rows that share no modality with those that have one are the mean of these', () => {
    const left = {
      features: fromRows([
        [1, 0],
        [0, 1],
        [0, 0],
        [0, 0],
      ]),
      present: Uint8Array.of(1, 1, 0, 0),
    };
    const right = { features: fromRows([[0], [0], [1], [-1]]), present: Uint8Array.of(0, 0, 1, 1) };
    const [first, second] = completeModalities([left, right]);
    expect([...first!.features.values]).toEqual([1, 0, 0, 1, 0.5, 0.5, 0.5, 0.5]);
    expect([...second!.features.values]).toEqual([0, 0, 1, -1]);
    const kernel = modalityKernels(first!, { widths: [3] }).gaussian.get(3)!;
    expect(packedAt(kernel, 4, 2, 3)).toBeCloseTo((2 + 2 * packedAt(kernel, 4, 0, 1)) / 4, 6);
    expect(packedAt(kernel, 4, 0, 3)).toBeCloseTo((1 + packedAt(kernel, 4, 0, 1)) / 2, 6);
  });

  test('more rows than are compared at once, with a modality that no row has', () => {
    const n = 600;
    const random = randomSource(2);
    const features = denseMatrix(
      Float32Array.from({ length: 3 * n }, () => random.normal()),
      n,
      3,
    );
    const present = Uint8Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : 0));
    const half = features.values.map((x, p) => (present[Math.floor(p / 3)] === 1 ? x : 0));
    const given = [
      { features },
      { features: denseMatrix(half, n, 3), present },
      { features: denseMatrix(new Float32Array(n), n, 1), present: new Uint8Array(n) },
    ];
    const [, filled, none] = completeModalities(given);
    // A row is most similar to rows like it, so that what fills it is like what was taken.
    let agreeing = 0;
    for (let i = 1; i < n; i += 2) if (dot(rowOf(filled!, i), rowOf(given[0]!, i)) > 0) agreeing++;
    expect(agreeing).toBe(n / 2);
    expect(none!.features.values.every((x) => x === 0)).toBe(true);
    expect(
      modalityKernels(none!, { widths: [3] })
        .gaussian.get(3)!
        .every((x) => x === 0),
    ).toBe(true);
  });
});
