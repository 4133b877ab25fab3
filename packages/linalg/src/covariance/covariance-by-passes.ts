import { checkBlockFlags, presentInBlock, type BlockPassOptions, type RowBlocks } from '@crossmodal/core';
import type { PassOperator } from '../operators/pass-operator.js';
import { centredRow } from './centred-row.js';

/** Options of {@link covarianceByPasses}. */
export interface CovarianceByPassesOptions extends BlockPassOptions {
  /** Mean of each column over the rows that are present, length `d`. */
  readonly means: Float64Array;
}

/** Rows that are multiplied together, so that vectors are read once for all of them. */
const GROUP = 4;

/**
 * The covariance of columns, `X_c^T X_c / n`, of rows that come in blocks, as an operator `[d, d]` that is never formed. Each product reads
 * all rows once, however many vectors are multiplied.
 *
 * @param source - X, shape `[n, d]`; products are NaN where no row is present
 * @throws CrossmodalError `shape` when flags are not as many as rows.
 * @example
 * ```ts
 * const rows = blocksOf(fromRows([[-1, 1], [1, 3]]));
 * const covariance = covarianceByPasses(rows, { means: await columnMeansOfBlocks(rows) });
 * const image = new Float64Array(2);
 * await covariance.multiply(Float64Array.of(1, 0), image, 1);
 * console.log(image); // 1, 1
 * ```
 */
export function covarianceByPasses(
  source: RowBlocks,
  { means, present, memory, signal }: CovarianceByPassesOptions,
): PassOperator {
  checkBlockFlags('covarianceByPasses', source, present);
  const d = source.columns;
  return {
    size: d,
    async multiply(input, output, count) {
      output.fill(0, 0, count * d);
      const group = new Float64Array(GROUP * d);
      let total = 0;
      for await (const block of source.blocks({ memory, signal })) {
        const rows = presentInBlock(block, present);
        total += rows.length;
        for (let first = 0; first < rows.length; first += GROUP) {
          const members = Math.min(GROUP, rows.length - first);
          for (let r = 0; r < members; r++)
            centredRow(block.features, rows[first + r]!, means, group.subarray(r * d, (r + 1) * d));
          group.fill(0, members * d);
          for (let c = 0; c < count; c++)
            addProducts(group, input.subarray(c * d, (c + 1) * d), output.subarray(c * d, (c + 1) * d));
        }
      }
      for (let p = 0; p < count * d; p++) output[p] = output[p]! / total;
    },
  };
}

/** `y += G^T (G x)` for the four rows of a group. */
function addProducts(group: Float64Array, x: Float64Array, y: Float64Array): void {
  const d = x.length;
  const [b1, b2, b3] = [d, 2 * d, 3 * d];
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let j = 0; j < d; j++) {
    const value = x[j]!;
    s0 += group[j]! * value;
    s1 += group[b1 + j]! * value;
    s2 += group[b2 + j]! * value;
    s3 += group[b3 + j]! * value;
  }
  for (let j = 0; j < d; j++)
    y[j]! += s0 * group[j]! + s1 * group[b1 + j]! + s2 * group[b2 + j]! + s3 * group[b3 + j]!;
}
