import { denseMatrix, randomSource } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { crossKernel } from './cross-kernel.js';
import type { KernelFeatures } from './kernel-features.js';
import { modalityKernels } from './modality-kernels.js';
import { voteLabels } from './vote-labels.js';

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
  'kernels of the training rows as new rows are those of the fit; absent rows and columns are zero (n, rate, seed)',
  (n, rate, seed) => {
    const fitted = modality(n, seed, rate);
    const own = modalityKernels(fitted, options);
    const cross = crossKernel(fitted, fitted, { ...options, median: own.median });
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const both = fitted.present![i] === 1 && fitted.present![j] === 1;
        expect(Math.abs(cross.linear[i * n + j]! - own.linear[i * n + j]!)).toBeLessThan(1e-5);
        expect(Math.abs(cross.gaussian.get(3)![i * n + j]! - own.gaussian.get(3)![i * n + j]!)).toBeLessThan(
          1e-4,
        );
        if (!both) {
          expect(own.linear[i * n + j]).toBe(0);
          expect(own.gaussian.get(3)![i * n + j]).toBe(0);
        } else if (i === j) {
          expect(own.gaussian.get(3)![i * n + j]).toBe(1);
        }
      }
    }
    expect(modalityKernels(fitted, { widths: [] }).gaussian.size).toBe(0);
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
