import { denseMatrix, randomSource, toCsr, toDense } from '@crossmodal/core';
import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { transposeMatrix } from '../products/transpose-matrix.js';
import { transposeCsr } from './transpose-csr.js';

const side = fc.integer({ min: 1, max: 12 });

test.prop([side, side, fc.nat(9999), fc.constantFrom(Float32Array, Float64Array)])(
  'is the dense transpose, in the same precision; twice it gives the matrix back (n, m, seed)',
  (n, m, seed, Values) => {
    const random = randomSource(seed);
    const entries = Array.from({ length: n * m }, () => (random.uniform() < 0.4 ? random.normal() : 0));
    const matrix = denseMatrix(new Values(entries), n, m);
    const turned = transposeCsr(toCsr(matrix));
    expect(turned.values).toBeInstanceOf(Values);
    expect(toDense(turned)).toEqual(transposeMatrix(matrix));
    expect(transposeCsr(turned)).toEqual(toCsr(matrix));
  },
);
