import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { randomSource } from './random.js';

const seed = fc.integer({ min: 0, max: 0xffffffff });

test.prop([seed])('the same seed gives the same stream', (s) => {
  const a = randomSource(s);
  const b = randomSource(s);
  for (let i = 0; i < 20; i++) expect(a.uniform()).toBe(b.uniform());
  expect([...a.permutation(50)]).toEqual([...b.permutation(50)]);
});

test.prop([seed, fc.string(), fc.integer({ min: 0, max: 20 })])(
  'a fork does not depend on draws made before it',
  (s, label, draws) => {
    const a = randomSource(s);
    const b = randomSource(s);
    for (let i = 0; i < draws; i++) b.normal();
    expect(a.fork(label).uniform()).toBe(b.fork(label).uniform());
  },
);

test.prop([seed, fc.integer({ min: 1, max: 1000 })])(
  'integers stay below their bound and permutations are complete',
  (s, n) => {
    const random = randomSource(s);
    const draw = random.integer(n);
    expect(draw).toBeGreaterThanOrEqual(0);
    expect(draw).toBeLessThan(n);
    expect([...random.permutation(n)].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
  },
);

test('normal draws have mean 0 and variance 1', () => {
  const random = randomSource(11);
  const draws = Array.from({ length: 100_000 }, () => random.normal());
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
  // Standard errors are 0.003 and 0.0045; five of them.
  expect(Math.abs(mean)).toBeLessThan(0.016);
  expect(Math.abs(variance - 1)).toBeLessThan(0.023);
});

test.each([-1, 1.5, Number.NaN, 2 ** 32])('seed %s is refused', (bad) => {
  expect(() => randomSource(bad)).toThrow(expect.objectContaining({ code: 'option' }));
});

test.each([0, -3, 2.5, Number.NaN, Infinity])('no integer is drawn below %s', (bound) => {
  expect(() => randomSource(1).integer(bound)).toThrow(expect.objectContaining({ code: 'option' }));
});

test.each([-1, 2.5, Number.NaN])('no permutation has %s places', (n) => {
  expect(() => randomSource(1).permutation(n)).toThrow(expect.objectContaining({ code: 'option' }));
  expect(randomSource(1).permutation(0)).toHaveLength(0);
});
