import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { patchFilters } from './patch-filters.js';

const fans = { fanIn: 1, fanOut: 1 };
const seeds = fc.integer({ min: 0, max: 1000 });

function striped(n: number, side: number, seed: number) {
  const random = randomSource(seed);
  const values = new Float32Array(n * side * side);
  for (let i = 0; i < n; i++) {
    const vertical = i % 2 === 0;
    const phase = random.uniform() * 6;
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) values[(i * side + y) * side + x] = Math.sin((vertical ? x : y) + phase);
  }
  return { features: denseMatrix(values, n, side * side), height: side, width: side, channels: 1 };
}

describe('patchFilters', () => {
  test.prop([seeds], { numRuns: 10 })('filters have unit length, zero mean and follow the seed', (seed) => {
    const shape = [5, 5, 1, 6];
    const draw = () => patchFilters(striped(10, 12, seed), { patches: 500 })(shape, fans, randomSource(seed));
    const kernel = draw();
    expect(draw()).toEqual(kernel);
    for (let f = 0; f < 6; f++) {
      const filter = Array.from({ length: 25 }, (_, q) => kernel[q * 6 + f]!);
      expect(filter.reduce((sum, value) => sum + value ** 2, 0)).toBeCloseTo(1, 4);
      expect(filter.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 4);
    }
  });

  test.prop([seeds], { numRuns: 10 })('every textured patch has a filter that answers to it', (seed) => {
    const source = striped(20, 12, seed);
    const kernel = patchFilters(source, { patches: 2000 })([3, 3, 1, 16], fans, randomSource(seed));
    const offsets = [0, 1, 2, 3, 4, 5, 6].map((x) => x + x * 12);
    const patches = offsets.map((at) =>
      [0, 1, 2].flatMap((y) => [0, 1, 2].map((x) => source.features.values[at + y * 12 + x]!)),
    );
    // The patch of most contrast: faint ones are left out of the learning on purpose.
    const [patch, mean, norm] = patches
      .map((values) => {
        const centre = values.reduce((sum, value) => sum + value, 0) / 9;
        return [values, centre, Math.hypot(...values.map((value) => value - centre))] as const;
      })
      .reduce((best, next) => (next[2] > best[2] ? next : best));
    const cosines = Array.from({ length: 16 }, (_, f) =>
      patch.reduce((sum, value, q) => sum + ((value - mean) / norm) * kernel[q * 16 + f]!, 0),
    );
    // Stripes of one period at any phase, about 8 filters for each of two orientations, some of them shared: within 40 degrees.
    expect(Math.max(...cosines)).toBeGreaterThan(0.75);
  });

  test.prop([seeds, fc.constantFrom(2 ** -40, 2 ** -20, 2 ** 20)], { numRuns: 10 })(
    'the unit of the pixels does not matter (seed, factor)',
    (seed, factor) => {
      const source = striped(10, 12, seed);
      const scaled = source.features.values.map((value) => value * factor);
      const draw = (features: typeof source.features) =>
        patchFilters({ ...source, features }, { patches: 500 })([5, 5, 1, 6], fans, randomSource(seed));
      expect(draw({ ...source.features, values: scaled })).toEqual(draw(source.features));
    },
  );

  test('flat images give finite unit filters', () => {
    const flat = {
      features: denseMatrix(new Float32Array(4 * 36).fill(3), 4, 36),
      height: 6,
      width: 6,
      channels: 1,
    };
    const kernel = patchFilters(flat, { patches: 50 })([3, 3, 1, 2], fans, randomSource(1));
    expect(kernel.every(Number.isFinite)).toBe(true);
    expect(kernel.some((value) => value !== 0)).toBe(true);
  });

  test.each([
    ['a kernel larger than the image', [7, 7, 1, 2]],
    ['other channels', [3, 3, 2, 2]],
  ])('%s is refused', (_, shape) => {
    const source = striped(2, 6, 0);
    expect(() => patchFilters(source)(shape, fans, randomSource(0))).toThrow(
      expect.objectContaining({ code: 'shape' }),
    );
  });
});
