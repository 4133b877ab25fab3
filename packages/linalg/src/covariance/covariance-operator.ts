import type { DenseMatrix } from '@crossmodal/core';
import { columnMeans } from '../columns/column-means.js';
import { everyRow } from '../columns/every-row.js';
import type { SymmetricOperator } from '../operators/symmetric-operator.js';
import { centredRow } from './centred-row.js';
import { covarianceSum } from './covariance-sum.js';
import { formedOperator } from './formed-operator.js';

/** Columns up to which the `[d, d]` matrix is formed. */
const MAXIMUM_FORMED = 2048;

/** Whether the covariance of so many rows is formed: it pays when there are at least as many rows as columns, and not too many of these. */
export function formsCovariance(rows: number, columns: number): boolean {
  return columns <= rows && columns <= MAXIMUM_FORMED;
}

/** Options of {@link covarianceOperator}. */
export interface CovarianceOptions {
  /** Rows that count. @defaultValue all */
  readonly rows?: Int32Array;
  /** Mean of each column over these rows, length `d`. @defaultValue {@link columnMeans} */
  readonly means?: Float64Array;
}

/**
 * The covariance of columns, `X_c^T X_c / n`, as an operator `[d, d]`: formed when small, else by products.
 *
 * @param features - X, shape `[n, d]`
 * @example
 * ```ts
 * const covariance = covarianceOperator(fromRows([[-1, 1], [1, 3]]));
 * const image = new Float64Array(2);
 * covariance.multiply(Float64Array.of(1, 0), image, 1);
 * console.log(image); // 1, 1
 * ```
 */
export function covarianceOperator(
  features: DenseMatrix,
  options: CovarianceOptions = {},
): SymmetricOperator {
  const { rows = everyRow(features) } = options;
  const { means = columnMeans(features, { rows }) } = options;
  const d = features.columns;
  if (!formsCovariance(rows.length, d)) return productOperator(features, rows, means);
  const sum = covarianceSum(means);
  sum.add(features, rows);
  return formedOperator(sum.finish(), d);
}

function productOperator(features: DenseMatrix, rows: Int32Array, means: Float64Array): SymmetricOperator {
  const d = features.columns;
  const row = new Float64Array(d);
  return {
    size: d,
    multiply(input, output, count) {
      output.fill(0, 0, count * d);
      for (const i of rows) {
        centredRow(features, i, means, row);
        for (let c = 0; c < count; c++) {
          let part = 0;
          for (let j = 0; j < d; j++) part += row[j]! * input[c * d + j]!;
          part /= rows.length;
          for (let j = 0; j < d; j++) output[c * d + j] = output[c * d + j]! + part * row[j]!;
        }
      }
    },
  };
}
