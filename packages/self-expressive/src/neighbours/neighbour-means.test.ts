import { denseMatrix, fromRows, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { neighbourMeans } from './neighbour-means.js';
import { smoothOverNeighbours } from './smooth-over-neighbours.js';

const seeds = fc.nat(999);
const [n, count] = [7, 3];

/** Two modalities with lists of which some places are not filled. */
function modalities(seed: number) {
  const random = randomSource(seed);
  return [0.7, 0.3].map((weight) => ({
    weight,
    neighbours: { count, indices: Int32Array.from({ length: n * count }, () => random.integer(n + 1) - 1) },
  }));
}

describe('neighbourMeans', () => {
  test.prop([seeds], { numRuns: 20 })(
    'what is the same everywhere stays, in proportion to the weight that has neighbours (seed)',
    (seed) => {
      const random = randomSource(seed);
      const own = modalities(seed);
      const values = Float64Array.from({ length: 2 * n }, (_, p) => (p % 2 === 0 ? 3 : random.normal()));
      const { sums, masses } = neighbourMeans(denseMatrix(values, n, 2), own);
      for (let i = 0; i < n; i++) {
        expect(sums.values[2 * i]).toBeCloseTo(3 * masses[i]!, 12);
        let sum = 0;
        for (const { weight, neighbours } of own)
          for (let q = 0; q < count; q++) {
            const j = neighbours.indices[i * count + q]!;
            if (j >= 0) sum += (weight / count) * values[2 * j + 1]!;
          }
        expect(sums.values[2 * i + 1]).toBeCloseTo(sum, 12);
        expect(masses[i]).toBeLessThanOrEqual(1 + 1e-12);
      }
    },
  );

  test('without lists an object is its own neighbour', () => {
    const rows = fromRows([
      [1, 2],
      [3, 4],
    ]);
    const { sums, masses } = neighbourMeans(rows, [{ weight: 0.25 }, { weight: 0.75 }]);
    expect(sums.values).toEqual(rows.values);
    expect([...masses]).toEqual([1, 1]);
  });

  test('lists of other objects are refused', () => {
    const one = { weight: 1, neighbours: { count: 1, indices: Int32Array.of(0) } };
    expect(() => neighbourMeans(fromRows([[1], [2]]), [one])).toThrow(
      expect.objectContaining({ code: 'shape' }),
    );
  });
});

describe('smoothOverNeighbours', () => {
  test.prop([seeds, fc.integer({ min: 0, max: 4 })], { numRuns: 20 })(
    'rows stay inside the hull of what they were, and constants stay (seed, times)',
    (seed, times) => {
      const random = randomSource(seed);
      const values = Float64Array.from({ length: 2 * n }, (_, p) => (p % 2 === 0 ? 3 : random.normal()));
      const smooth = smoothOverNeighbours(denseMatrix(values, n, 2), modalities(seed), { times });
      const second = Array.from(values).filter((_, p) => p % 2 === 1);
      smooth.values.forEach((value, p) => {
        if (p % 2 === 0) expect(value).toBeCloseTo(3, 12);
        // Means round.
        else expect(value).toBeGreaterThan(Math.min(...second) - 1e-12);
        if (p % 2 === 1) expect(value).toBeLessThan(Math.max(...second) + 1e-12);
      });
    },
  );

  test('twice is one time after the other', () => {
    const rows = fromRows([[0], [1], [2], [3], [4], [5], [6]]);
    const once = smoothOverNeighbours(rows, modalities(1), { times: 1 });
    expect(smoothOverNeighbours(rows, modalities(1))).toEqual(
      smoothOverNeighbours(once, modalities(1), { times: 1 }),
    );
    expect(() => smoothOverNeighbours(rows, [], { times: -1 })).toThrow(
      expect.objectContaining({ code: 'option' }),
    );
  });
});
