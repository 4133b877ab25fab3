import { CrossmodalError, type CsrMatrix, type DenseMatrix } from '@crossmodal/core';
import { choleskyInverse, readValues, tf, toTensor } from '@crossmodal/tensors';
import { checkRidge } from '../checks/check-ridge.js';
import { CsrBuilder } from '../affinity/csr-builder.js';
import type { ExactSelfExpressionOptions } from './exact-self-expression.js';
import { StrongestOfRow } from '../affinity/strongest-of-row.js';

/** Options of {@link exactSelfExpressionRows}. */
export interface ExactSelfExpressionRowsOptions extends ExactSelfExpressionOptions {
  /** Coefficients kept in each row, 1 or more. */
  readonly neighbours: number;
  /** Rows solved at a time; memory for one block is `blockRows * n` floats. @defaultValue 1024 */
  readonly blockRows?: number;
}

/** Same floor, and same reason, as in {@link exactSelfExpression}. */
const DENOMINATOR_FLOOR = 1e-4;

/**
 * The strongest coefficients of each row of the exact self-expression, block by block, without the `[n, n]` matrix.
 *
 * By Woodbury, `M = Z (Z^T Z + rho I)^-1 Z^T`, so a block of rows of `M` is two products with `d` columns, and
 * `S_ij = M_ij / (1 - M_ii)`. Several modalities are their features side by side, each times the root of its weight.
 * Memory is `O(n k)` for the result, `O(d^2)` for the inverse and one block.
 *
 * @param features - `Z`, rows are samples, shape `[n, d]`; meant for `d` well below `n`
 * @returns shape `[n, n]`, signed, `neighbours` entries a row at most (zeros are not stored)
 * @throws CrossmodalError `option` when ridge, neighbours or block are not positive; `value` when features are not finite.
 */
export function exactSelfExpressionRows(
  features: DenseMatrix,
  options: ExactSelfExpressionRowsOptions,
): CsrMatrix<Float32Array> {
  const { ridge, neighbours, blockRows = 1024 } = options;
  checkRidge('exactSelfExpressionRows', ridge);
  checkCount('neighbours', neighbours);
  checkCount('blockRows', blockRows);
  const { rows: n, columns: d } = features;
  const z = toTensor(features);
  let inverse: tf.Tensor2D | undefined;
  try {
    const projection = (inverse = tf.tidy(() => {
      const shifted = tf.add(tf.div(tf.matMul(z, z, true), ridge), tf.eye(d)) as tf.Tensor2D;
      return choleskyInverse(shifted);
    }));
    const builder = new CsrBuilder(n, n);
    const strongest = new StrongestOfRow(neighbours);
    for (let start = 0; start < n; start += blockRows) {
      const size = Math.min(blockRows, n - start);
      // A copy of the block's rows, since slicing on the host is contiguous here.
      const block = Float32Array.from(features.values.subarray(start * d, (start + size) * d));
      const m = readValues(() => {
        const projected = tf.matMul(tf.tensor2d(block, [size, d]), projection);
        return tf.matMul(projected, z, false, true);
      });
      for (let r = 0; r < size; r++) {
        const i = start + r;
        const row = m.subarray(r * n, (r + 1) * n);
        const scale = 1 / Math.max(1 - row[i]! / ridge, DENOMINATOR_FLOOR) / ridge;
        strongest.clear();
        for (let j = 0; j < n; j++) if (j !== i) strongest.offer(j, row[j]!);
        const columns = strongest.columns.slice(0, strongest.count).sort();
        for (const j of columns) builder.push(j, row[j]! * scale);
        builder.endRow();
      }
    }
    return builder.build();
  } finally {
    tf.dispose(inverse === undefined ? [z] : [z, inverse]);
  }
}

function checkCount(option: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new CrossmodalError({
      code: 'option',
      where: `exactSelfExpressionRows option '${option}'`,
      expected: 'an integer of 1 or more',
      received: String(value),
    });
  }
}
