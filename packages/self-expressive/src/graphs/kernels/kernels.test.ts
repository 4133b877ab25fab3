import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { completeModalities } from '../completion/complete-modalities.js';
import { crossKernel } from './cross-kernel.js';
import type { KernelFeatures } from './kernel-features.js';
import { modalityKernels } from './modality-kernels.js';
import { packedAt, packedDiagonal, packedLength } from './packed-half.js';
import { packedGram } from './packed-gram.js';
import { ridgePrecision } from './ridge-precision.js';
import { voteLabels } from '../vote-labels.js';

const options = { widths: [3] };

function modality(n: number, seed: number, rate: number): KernelFeatures {
  const random = randomSource(seed);
  const present = Uint8Array.from({ length: n }, (_, i) => (i === 0 || random.uniform() > rate ? 1 : 0));
  const values = new Float32Array(n * 4);
  for (let i = 0; i < n; i++) {
    if (present[i] === 0) continue;
    const row = Array.from({ length: 4 }, () => random.normal());
    values.set(
      row.map((value) => value / Math.hypot(...row)),
      i * 4,
    );
  }
  return { features: denseMatrix(values, n, 4), present };
}

test.prop([fc.integer({ min: 1, max: 15 }), fc.constantFrom(0, 0.4), fc.nat(1000)], { numRuns: 30 })(
  'kernels of the training rows as new rows are those of the fit, absent rows included (n, rate, seed)',
  (n, rate, seed) => {
    const given = [modality(n, seed, rate), modality(n, seed + 1, 0)];
    const [fitted] = completeModalities(given);
    const own = modalityKernels(fitted!, options);
    const cross = crossKernel(fitted!, fitted!, { own, median: own.median });
    for (let i = 0; i < n; i++) {
      for (let j = i; j < n; j++) {
        const linear = packedAt(own.linear, n, i, j);
        const gaussian = packedAt(own.gaussian.get(3)!, n, i, j);
        expect(Math.abs(cross.linear[i * n + j]! - linear)).toBeLessThan(1e-5);
        expect(Math.abs(cross.gaussian.get(3)![i * n + j]! - gaussian)).toBeLessThan(1e-4);
        if (i === j && fitted!.present![i] === 1) expect(gaussian).toBe(1);
      }
    }
    expect(modalityKernels(fitted!, { widths: [] }).gaussian.size).toBe(0);
  },
);

test('votes weigh their edges; ties go to the smaller label; without neighbours the largest cluster wins', () => {
  const graph = {
    kind: 'csr',
    rows: 3,
    columns: 3,
    rowOffsets: Int32Array.of(0, 3, 5, 5),
    columnIndices: Int32Array.of(0, 1, 2, 0, 1),
    values: Float32Array.of(0.3, 0.4, 0.5, 1, 1),
  } as const;
  expect([...voteLabels(graph, Int32Array.of(1, 0, 1), 2)]).toEqual([1, 0, 1]);
});

test('packed products of more rows than a block, and the precision they lead to, are those of their definitions', () => {
  const n = 300;
  const { features } = modality(n, 7, 0.1);
  const gram = packedGram(features);
  expect(gram.length).toBe(packedLength(n));
  const dot = (i: number, j: number): number => {
    let sum = 0;
    for (let c = 0; c < 4; c++) sum += features.values[i * 4 + c]! * features.values[j * 4 + c]!;
    return sum;
  };
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++)
      expect(Math.abs(gram[packedDiagonal(n, i) + j - i]! - dot(i, j))).toBeLessThan(1e-6);
  }
  const precision = ridgePrecision(gram, n, 5);
  for (const i of [0, 123, n - 1]) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += (dot(i, k) / 5 + (i === k ? 1 : 0)) * precision[k * n + j]!;
      expect(Math.abs(sum - (i === j ? 1 : 0))).toBeLessThan(1e-5);
    }
  }
});
