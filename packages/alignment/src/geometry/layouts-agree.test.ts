import { denseMatrix, randomSource } from '@crossmodal/core';
import { expect, test } from 'vitest';
import { normal } from '../../tests/points.js';
import { layoutsAgree } from './layouts-agree.js';

test('centres in the same places agree in layout, centres of random places do not (seeds 1 to 5)', () => {
  for (let seed = 1; seed <= 5; seed++) {
    const a = normal(8, 5, seed);
    const near = denseMatrix(
      normal(8, 5, seed + 50).values.map((noise, p) => a.values[p]! + 0.1 * noise),
      8,
      5,
    );
    expect(layoutsAgree(a, near, { random: randomSource(seed) })).toBe(true);
  }
  const others = [1, 2, 3, 4, 5].map((seed) =>
    layoutsAgree(normal(8, 5, seed), normal(8, 5, seed + 90), { random: randomSource(0) }),
  );
  expect(others).toContain(false);
});

test('scale and the numbers of the clusters do not matter; the share that may fit better does (seed 1)', () => {
  const a = normal(8, 5, 1);
  const order = randomSource(3).permutation(8);
  const other = denseMatrix(
    Float64Array.from({ length: 40 }, (_, p) => 3 * a.values[order[Math.floor(p / 5)]! * 5 + (p % 5)]!),
    8,
    5,
  );
  expect(layoutsAgree(a, other, { random: randomSource(1) })).toBe(true);
  const apart = normal(8, 5, 91);
  const random = randomSource(0);
  expect(layoutsAgree(a, apart, { random, chance: 1 })).toBe(true);
});

test('other shapes, and no draw, are refused', () => {
  const random = randomSource(0);
  expect(() => layoutsAgree(normal(3, 2, 0), normal(3, 3, 0), { random })).toThrow(
    expect.objectContaining({ code: 'shape' }),
  );
  expect(() => layoutsAgree(normal(3, 2, 0), normal(3, 2, 0), { random, draws: 0 })).toThrow(
    expect.objectContaining({ code: 'option' }),
  );
});
