import { denseMatrix, fromRows, randomSource, toCsr, toDense } from '@crossmodal/core';
import { symmetricEigen } from '@crossmodal/linalg';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { plantedGraph } from '../../tests/graphs.js';
import { connectedComponents } from './connected-components.js';
import { degrees } from './degrees.js';
import { normalisedAdjacency } from './normalised-adjacency.js';
import { normalisedLaplacian } from './normalised-laplacian.js';

const graph = fc
  .record({
    seed: fc.integer({ min: 0, max: 0xffffffff }),
    n: fc.integer({ min: 1, max: 15 }),
    groups: fc.integer({ min: 1, max: 15 }),
  })
  .map(({ seed, n, groups }) => plantedGraph(n, groups, 0.1, randomSource(seed)));

test.prop([graph])('sparse equals dense', (a) => {
  expect(toDense(normalisedAdjacency(toCsr(a))).values).toEqual(normalisedAdjacency(a).values);
  expect(toDense(normalisedLaplacian(toCsr(a))).values).toEqual(normalisedLaplacian(a).values);
  expect(degrees(toCsr(a))).toEqual(degrees(a));
  expect(connectedComponents(toCsr(a))).toEqual(connectedComponents(a));
});

test.prop([graph])('eigenvalues are in [-1, 1], and 1 counts the components', (a) => {
  const { values } = symmetricEigen(toDense(normalisedAdjacency(a)));
  for (const value of values) expect(Math.abs(value)).toBeLessThan(1 + 1e-12);
  const { labels, count } = connectedComponents(a);
  expect(values.filter((value) => value > 1 - 1e-9)).toHaveLength(count);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.rows; j++) if (a.values[i * a.rows + j]! > 0) expect(labels[i]).toBe(labels[j]);
  }
  const laplacian = symmetricEigen(toDense(normalisedLaplacian(a))).values;
  expect(laplacian.filter((value) => value < 1e-9)).toHaveLength(count);
});

test.prop([graph, fc.integer({ min: -30, max: 30 })])(
  'do not change when all weights are scaled',
  (a, exponent) => {
    const scaled = denseMatrix(
      a.values.map((w) => w * 4 ** exponent),
      a.rows,
      a.columns,
    );
    // Powers of four scale and take roots without rounding.
    expect(normalisedAdjacency(scaled).values).toEqual(normalisedAdjacency(a).values);
  },
);

test('an isolated vertex counts as a loop', () => {
  const a = fromRows([
    [0, 4, 0],
    [4, 0, 0],
    [0, 0, 0],
  ]);
  expect(toDense(normalisedAdjacency(a)).values).toEqual(Float64Array.of(0, 1, 0, 1, 0, 0, 0, 0, 1));
  expect(toDense(normalisedLaplacian(a)).values).toEqual(Float64Array.of(1, -1, 0, -1, 1, 0, 0, 0, 0));
});

test('the caller keeps the input', () => {
  const a = plantedGraph(9, 3, 0.3, randomSource(1));
  const copy = a.values.slice();
  normalisedAdjacency(a);
  normalisedLaplacian(a);
  expect(a.values).toEqual(copy);
});

describe.each([
  ['normalisedAdjacency', normalisedAdjacency],
  ['normalisedLaplacian', normalisedLaplacian],
  ['degrees', degrees],
])('%s', (_, f) => {
  test.each([
    [
      'shape',
      fromRows([
        [0, 1, 0],
        [1, 0, 0],
      ]),
    ],
    ['shape', fromRows([])],
    [
      'value',
      fromRows([
        [0, -1],
        [-1, 0],
      ]),
    ],
    [
      'value',
      fromRows([
        [0, Number.NaN],
        [Number.NaN, 0],
      ]),
    ],
    [
      'value',
      fromRows([
        [0, Infinity],
        [Infinity, 0],
      ]),
    ],
    [
      'value',
      fromRows([
        [0, 1],
        [0.5, 0],
      ]),
    ],
    [
      'value',
      toCsr(
        fromRows([
          [0, 1],
          [0, 0],
        ]),
      ),
    ],
  ])('refuses with %s', (code, matrix) => {
    expect(() => f(matrix)).toThrow(expect.objectContaining({ code }));
  });
});
