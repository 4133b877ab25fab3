import type { SymmetricOperator } from '../operators/symmetric-operator.js';
import { rowProducts } from './row-products.js';

/** A symmetric matrix `[d, d]`, row-major, as an operator whose sums run in a fixed order. */
export function formedOperator(matrix: Float64Array, d: number): SymmetricOperator {
  return {
    size: d,
    multiply(input, output, count) {
      for (let c = 0; c < count; c++)
        rowProducts(matrix, input.subarray(c * d, (c + 1) * d), output.subarray(c * d, (c + 1) * d));
    },
  };
}
