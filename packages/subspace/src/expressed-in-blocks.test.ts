import { denseMatrix, randomSource, vectors, type DenseMatrix } from '@crossmodal/core';
import { prepareModality, type PreparedModality } from '@crossmodal/transforms';
import { completeModalities, jointSelfExpression } from '@crossmodal/self-expressive';
import { onCpuWithoutLeaks, noisyVectors } from '@crossmodal/testing';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { expressedInBlocks } from './expressed-in-blocks.js';

onCpuWithoutLeaks({ beforeAll, beforeEach, afterEach });

const settings = { ridge: 2, ridgeReference: 100, width: 3 };
const seeds = fc.integer({ min: 0, max: 500 });

function latents(n: number, seed: number, present?: Uint8Array): PreparedModality[] {
  return [4, 3].map((d, v) => {
    const { features } = noisyVectors(n, d, seed + v);
    return prepareModality(vectors(`${v}`, features, v === 0 ? present : undefined));
  });
}

/** `S Q` by plain loops. */
function expressed(prepared: readonly PreparedModality[], l: number): number[] {
  const { rows: n, columns, values } = prepared[l]!.features;
  const s = jointSelfExpression(prepared, { ridge: settings.ridge, width: settings.width });
  return Array.from({ length: n * columns }, (_, p) => {
    const [i, j] = [Math.floor(p / columns), p % columns];
    let sum = 0;
    for (let k = 0; k < n; k++) sum += s[i * n + k]! * values[k * columns + j]!;
    return sum;
  });
}

const close = (a: DenseMatrix, b: readonly number[]) =>
  b.forEach((value, p) => expect(a.values[p]).toBeCloseTo(value, 4));

describe('expressedInBlocks', () => {
  test.prop([seeds], { numRuns: 4 })(
    'one block is the self-expression of all samples (seed)',
    async (seed) => {
      const prepared = latents(12, seed);
      const results = await expressedInBlocks(prepared, {
        ...settings,
        blockSize: 12,
        random: randomSource(seed),
      });
      expect(results).toHaveLength(2);
      results.forEach((result, l) => close(result, expressed(prepared, l)));
    },
  );

  test.prop([seeds], { numRuns: 4 })(
    'samples of a block are expressed by each other alone (seed)',
    async (seed) => {
      const n = 11;
      const prepared = latents(n, seed);
      const options = { ...settings, blockSize: 4, count: 1 };
      const [result] = await expressedInBlocks(prepared, { ...options, random: randomSource(seed) });
      const order = randomSource(seed).permutation(n);
      for (const rows of [order.slice(0, 3), order.slice(3, 7), order.slice(7)]) {
        const own = prepared.map((latent) => ({
          ...latent,
          features: denseMatrix(
            Float32Array.from([...rows].flatMap((row) => rowOf(latent.features, row))),
            rows.length,
            latent.features.columns,
          ),
        }));
        const alone = expressed(own, 0);
        const together = [...rows].flatMap((row) => rowOf(result!, row));
        alone.forEach((value, p) => expect(together[p]).toBeCloseTo(value, 4));
      }
    },
  );

  test.prop([seeds], { numRuns: 4 })(
    'an absent sample takes part as what fills it, in S and in Q (seed)',
    async (seed) => {
      const n = 14;
      const present = Uint8Array.from({ length: n }, (_, i) => (i % 3 === 1 ? 0 : 1));
      const prepared = latents(n, seed, present);
      const [first] = await expressedInBlocks(prepared, {
        ...settings,
        blockSize: n,
        random: randomSource(seed),
      });
      const s = jointSelfExpression(prepared, { ridge: settings.ridge, width: settings.width });
      const { features } = completeModalities(prepared)[0]!;
      for (let i = 0; i < n; i++) {
        rowOf(first!, i).forEach((value, c) => {
          let sum = 0;
          for (let k = 0; k < n; k++) sum += s[i * n + k]! * rowOf(features, k)[c]!;
          expect(value).toBeCloseTo(present[i] === 1 ? sum : 0, 4);
        });
      }
    },
  );

  test('absent samples are not expressed, and a block without any sample of a modality does without it', async () => {
    const present = Uint8Array.from({ length: 12 }, (_, i) => (i === 5 ? 1 : 0));
    const prepared = latents(12, 3, present);
    let pauses = 0;
    const [first, second] = await expressedInBlocks(prepared, {
      ...settings,
      blockSize: 3,
      random: randomSource(1),
      pause: () => Promise.resolve(void pauses++),
    });
    expect(pauses).toBe(4);
    present.forEach((flag, i) => {
      if (flag === 0) expect(rowOf(first!, i).every((value) => value === 0)).toBe(true);
    });
    expect(second!.values.every(Number.isFinite)).toBe(true);
    for (let i = 0; i < 12; i++) expect(rowOf(second!, i).some((value) => value !== 0)).toBe(true);
  });
});

function rowOf({ columns, values }: DenseMatrix, i: number): number[] {
  return Array.from(values.subarray(i * columns, (i + 1) * columns));
}
