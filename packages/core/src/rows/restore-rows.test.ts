import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { denseMatrix } from '../matrix.js';
import { vectors } from '../modality.js';
import { randomSource } from '../random.js';
import { restoreRows } from './restore-rows.js';
import { selectRows } from './select-rows.js';

test.prop([fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }), fc.nat(500)])(
  'undoes a selection by a permutation, and keeps its argument (n, d, seed)',
  (n, d, seed) => {
    const order = randomSource(seed).permutation(n);
    const features = denseMatrix(
      Float32Array.from({ length: n * d }, (_, p) => p),
      n,
      d,
    );
    const moved = selectRows(vectors('x', features), order).features;
    const before = moved.values.slice();
    expect(restoreRows(moved, order)).toEqual(features);
    expect(moved.values).toEqual(before);
  },
);
