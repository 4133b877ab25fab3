import {
  denseMatrix,
  isCrossmodalError,
  randomSource,
  type CsrMatrix,
  type DenseMatrix,
} from '@crossmodal/core';
import { readValues, tf, toTensor } from '@crossmodal/tensors';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { exactSelfExpression, gramMatrix, sparseSelfExpression, strongestRows } from '../../index.js';

function representation(n: number, d: number, seed: number): DenseMatrix<Float32Array> {
  const random = randomSource(seed);
  return denseMatrix(
    Float32Array.from({ length: n * d }, () => random.normal()),
    n,
    d,
  );
}

function dense(z: DenseMatrix, ridge: number): DenseMatrix<Float32Array> {
  const values = readValues(() => exactSelfExpression(gramMatrix(toTensor(z)), { ridge }));
  return denseMatrix(Float32Array.from(values), z.rows, z.rows);
}

function filled({ rows, columns, rowOffsets, columnIndices, values }: CsrMatrix): Float32Array {
  const all = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let p = rowOffsets[i]!; p < rowOffsets[i + 1]!; p++)
      all[i * columns + columnIndices[p]!] = values[p]!;
  return all;
}

/** Largest difference between two matrices. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let p = 0; p < a.length; p++) most = Math.max(most, Math.abs(a[p]! - b[p]!));
  return most;
}

const samples = fc.integer({ min: 1, max: 150 });
const features = fc.integer({ min: 1, max: 200 });
const ridges = fc.constantFrom(0.3, 1, 5, 30);
const seeds = fc.nat(10_000);
const tiles = fc.constantFrom(1, 4 * 70 ** 2, 2 ** 24);

// Both routes invert in single precision; 1e-3 is that error at the smallest ridge, with moments of about 200.
const TOLERANCE = 1e-3;

test.prop([samples, features, ridges, tiles, seeds], { numRuns: 15 })(
  'all coefficients are those of the dense solver, with more features than samples too (n, d, ridge, tile, seed)',
  async (n, d, ridge, tileBytes, seed) => {
    const z = representation(n, d, seed);
    const before = tf.memory().numTensors;
    const s = await sparseSelfExpression(z, { ridge, neighbours: Math.max(1, n - 1), tileBytes });
    expect(tf.memory().numTensors).toBe(before);
    const expected = dense(z, ridge).values;
    expect(difference(filled(s), expected)).toBeLessThan(TOLERANCE);
    for (let i = 0; i < n; i++)
      expect(s.columnIndices.slice(s.rowOffsets[i], s.rowOffsets[i + 1])).not.toContain(i);
  },
);

test.prop([samples, features, ridges, fc.integer({ min: 1, max: 8 }), tiles, seeds], { numRuns: 15 })(
  'few coefficients are the strongest of all of them, by sign (n, d, ridge, neighbours, tile, seed)',
  async (n, d, ridge, neighbours, tileBytes, seed) => {
    const z = representation(n, d, seed);
    const all = filled(await sparseSelfExpression(z, { ridge, neighbours: n, tileBytes: 2 ** 24 }));
    for (const sign of ['both', 'positive', 'negative'] as const) {
      const few = await sparseSelfExpression(z, { ridge, neighbours, sign, tileBytes });
      const sizes = filled(few);
      const expected = strongestRows(denseMatrix(all, n, n), { neighbours, sign });
      for (let i = 0; i < n; i++) {
        // Rounding differs with the shape of a tile and may swap equal sizes, so sizes are compared and not columns.
        const kept = [...sizes.subarray(i * n, (i + 1) * n)]
          .filter((value) => value !== 0)
          .map(Math.abs)
          .sort((a, b) => b - a);
        const wanted = strongestSizes(all.subarray(i * n, (i + 1) * n), neighbours, sign);
        expect(kept).toHaveLength(expected.rowOffsets[i + 1]! - expected.rowOffsets[i]!);
        expect(difference(kept, wanted)).toBeLessThan(1e-5);
      }
    }
  },
);

function strongestSizes(row: Float32Array, count: number, sign: 'both' | 'positive' | 'negative'): number[] {
  const turned = Array.from(row, (value) =>
    sign === 'both' ? Math.abs(value) : sign === 'positive' ? value : -value,
  );
  return turned
    .filter((size) => size > 0)
    .sort((a, b) => b - a)
    .slice(0, count);
}

test.prop([fc.integer({ min: 1, max: 6 }), fc.integer({ min: 2, max: 4 }), seeds], { numRuns: 20 })(
  'a sample and its copies are represented by each other (directions, copies, seed)',
  async (directions, copies, seed) => {
    const once = representation(directions, 40, seed).values;
    const n = directions * copies;
    const values = new Float32Array(n * 40);
    for (let i = 0; i < n; i++)
      values.set(once.subarray((i % directions) * 40, ((i % directions) + 1) * 40), i * 40);
    const s = await sparseSelfExpression(denseMatrix(values, n, 40), {
      ridge: 0.5,
      neighbours: copies - 1,
      sign: 'positive',
    });
    for (let i = 0; i < n; i++) {
      const others = [...s.columnIndices.slice(s.rowOffsets[i], s.rowOffsets[i + 1])];
      expect(others).toHaveLength(copies - 1);
      expect(others.every((j) => j % directions === i % directions && j !== i)).toBe(true);
    }
  },
);

test('of equal coefficients the smaller columns are kept', async () => {
  const same = denseMatrix(new Float32Array(300 * 2).fill(1), 300, 2);
  const s = await sparseSelfExpression(same, { ridge: 1, neighbours: 2, tileBytes: 4 * 64 ** 2 });
  expect([...s.columnIndices.slice(0, 6)]).toEqual([1, 2, 0, 2, 0, 1]);
  expect([...s.columnIndices.slice(-2)]).toEqual([0, 1]);
});

test.each([
  ['ridge', { ridge: 0, neighbours: 1 }],
  ['neighbours', { ridge: 1, neighbours: 0 }],
  ['tileBytes', { ridge: 1, neighbours: 1, tileBytes: 0.5 }],
  ['sign', { ridge: 1, neighbours: 1, sign: 'none' as 'both' }],
])('a wrong %s is refused', async (option, options) => {
  const failure = sparseSelfExpression(representation(4, 2, 1), options);
  await expect(failure).rejects.toSatisfy((error) => isCrossmodalError(error) && error.code === 'option');
  await expect(failure).rejects.toThrow(new RegExp(option));
});

test('features that are not finite are refused', async () => {
  const z = denseMatrix(Float32Array.of(1, Number.NaN, 0, 1), 2, 2);
  const before = tf.memory().numTensors;
  await expect(sparseSelfExpression(z, { ridge: 1, neighbours: 1 })).rejects.toThrow(/positive definite/);
  expect(tf.memory().numTensors).toBe(before);
});

test('an abort is heard between tiles, and progress told', async () => {
  const controller = new AbortController();
  const seen: number[] = [];
  const pause = (tile: number, tiles: number): void => {
    expect(tiles).toBe(3);
    seen.push(tile);
    if (tile === 1) controller.abort();
  };
  const options = { ridge: 1, neighbours: 1, tileBytes: 1, signal: controller.signal, pause };
  await expect(sparseSelfExpression(representation(100, 3, 1), options)).rejects.toSatisfy(
    (error) => isCrossmodalError(error) && error.code === 'aborted',
  );
  expect(seen).toEqual([0, 1]);
});
