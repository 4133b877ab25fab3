import { csrMatrix, randomSource, type CsrMatrix } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { sparseSymmetric } from '../../../tests/matrices.js';
import { chebyshevFilter } from '../chebyshev-filter.js';
import { operatorOf } from '../operator-of.js';
import type { SymmetricOperator } from '../symmetric-operator.js';
import { multiplyRows, type Factors } from './multiply-rows.js';
import { PANEL } from './panel-kernel.js';
import { panelMemory } from './panel-memory.js';

const seed = fc.nat(0xffffffff);
const few = { numRuns: 8 };

test.prop(
  [seed, fc.integer({ min: 1, max: 400 }), fc.constantFrom(0, 1, 0), fc.integer({ min: 1, max: 3 })],
  few,
)(
  'machine code, on any number of threads, computes what plain loops do, to the last bit (seed, n, source, threads)',
  (s, n, source, threads) => {
    const random = randomSource(s);
    const matrix = sparseSymmetric(n, 5, random);
    const factors: Factors = [random.normal(), random.normal(), random.normal()];
    const memory = panelMemory(matrix, threads);
    const filled = [0, 1].map(() => Float64Array.from({ length: PANEL * n }, () => random.normal()));
    memory.panels.forEach((panel, k) => panel.set(filled[k]!));
    memory.run(source === 0 ? 0 : 1, factors);
    multiplyRows(matrix, filled[source]!, filled[1 - source]!, factors);
    memory.release();
    expect(memory.panels[1 - source]).toEqual(filled[1 - source]);
  },
);

test.prop(
  [seed, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 9 })],
  few,
)(
  'a filter is its polynomial of the matrix: T_m(cos t) = cos(m t) (seed, n, count, degree)',
  (s, n, count, degree) => {
    const random = randomSource(s);
    // Of a diagonal matrix each entry is multiplied by the polynomial of its own eigenvalue.
    const angles = Float64Array.from({ length: n }, () => Math.PI * random.uniform());
    const [lower, upper] = [-2, 4];
    const diagonal = angles.map((t) => 1 + 3 * Math.cos(t));
    const index = Int32Array.from({ length: n + 1 }, (_, i) => i);
    const matrix = csrMatrix(n, n, index, index.slice(0, n), diagonal);
    const vectors = Float64Array.from({ length: count * n }, () => random.normal());
    const expected = vectors.map((x, p) => x * Math.cos(degree * angles[p % n]!));
    const fast = vectors.slice();
    operatorOf(matrix).filter!(fast, count, degree, { lower, upper });
    const slow = vectors.slice();
    const { size, multiply } = operatorOf(matrix);
    chebyshevFilter({ size, multiply }, slow, { count, degree, lower, upper });
    expected.forEach((value, p) => {
      expect(fast[p]).toBeCloseTo(value, 10);
      expect(slow[p]).toBeCloseTo(value, 10);
    });
  },
);

test.prop([seed, fc.boolean()], few)(
  'filters agree with products, of matrices symmetric to the last bit or to rounding (seed, bent)',
  (s, bent) => {
    const random = randomSource(s);
    const exact = sparseSymmetric(90, 4, random);
    const matrix: CsrMatrix = bent
      ? { ...exact, values: exact.values.map((value) => value * (1 + 1e-7 * random.uniform())) }
      : exact;
    const scale = Float64Array.from({ length: 90 }, () => 0.5 + random.uniform());
    const vectors = Float64Array.from({ length: 270 }, () => random.normal());
    const filtered = (operator: SymmetricOperator): Float64Array => {
      const copy = vectors.slice();
      chebyshevFilter(operator, copy, { count: 3, degree: 3, lower: -10, upper: 10 });
      return copy;
    };
    const operator = operatorOf(matrix, scale);
    const slow = filtered({ size: 90, multiply: operator.multiply });
    filtered(operator).forEach((value, p) => expect(value).toBeCloseTo(slow[p]!, 11));
  },
);

test('threads end on release and start again', () => {
  const matrix = sparseSymmetric(300, 5, randomSource(1));
  const operator = operatorOf(matrix, undefined, { threads: 2 });
  const vectors = new Float64Array(300).fill(1);
  const once = (): Float64Array => {
    const copy = vectors.slice();
    operator.filter!(copy, 1, 3, { lower: -20, upper: 20 });
    operator.release!();
    return copy;
  };
  expect(once()).toEqual(once());
  operator.release!();
});

test.each([0, 1.5, Number.NaN])('%d threads are refused', (threads) => {
  expect(() => operatorOf(sparseSymmetric(4, 1, randomSource(1)), undefined, { threads })).toThrow(
    expect.objectContaining({ code: 'option' }),
  );
});
