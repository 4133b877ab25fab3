import type { DenseMatrix } from '@crossmodal/core';
import { stripKernel } from './strip-kernel.js';
import { multiplyStrips, packStrips, paddedSize, stripsLength } from './strips.js';
import type { SymmetricOperator } from './symmetric-operator.js';

/**
 * The operator of diag(s) (M + Mᵀ)/2 diag(s) for a dense M, held as its upper triangle in 8-byte numbers. Products are bound by
 * memory, so they read the triangle once for two vectors, in machine code where the host has 128-bit WebAssembly.
 */
export function denseOperator(matrix: DenseMatrix, scale?: Float64Array): SymmetricOperator {
  const n = matrix.rows;
  const size = paddedSize(n);
  const kernel = stripKernel(stripsLength(n), size);
  if (kernel === undefined) return portableDenseOperator(matrix, scale);
  packStrips(matrix, scale, kernel.strips);
  return {
    size: n,
    multiply(input, output, count) {
      for (let c = 0; c < count; c += 2) {
        const paired = c + 1 < count;
        for (let i = 0; i < n; i++) {
          kernel.x[2 * i] = input[c * n + i]!;
          kernel.x[2 * i + 1] = paired ? input[(c + 1) * n + i]! : 0;
        }
        kernel.run();
        for (let i = 0; i < n; i++) output[c * n + i] = kernel.y[2 * i]!;
        if (paired) for (let i = 0; i < n; i++) output[(c + 1) * n + i] = kernel.y[2 * i + 1]!;
      }
    },
  };
}

/** {@link denseOperator} without machine code. */
export function portableDenseOperator(matrix: DenseMatrix, scale?: Float64Array): SymmetricOperator {
  const n = matrix.rows;
  const strips = new Float64Array(stripsLength(n));
  const x = new Float64Array(paddedSize(n));
  const y = new Float64Array(paddedSize(n));
  packStrips(matrix, scale, strips);
  return {
    size: n,
    multiply(input, output, count) {
      for (let c = 0; c < count; c++) {
        x.set(input.subarray(c * n, c * n + n));
        multiplyStrips(strips, x, y);
        output.set(y.subarray(0, n), c * n);
      }
    },
  };
}
