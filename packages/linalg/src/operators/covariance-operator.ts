import type { DenseMatrix } from '@crossmodal/core';
import { columnMeans } from '../columns/column-means.js';
import { everyRow } from '../columns/every-row.js';
import { TILE, tileKernel } from '../products/tile-kernel.js';
import type { SymmetricOperator } from './symmetric-operator.js';

/** Columns up to which the `[d, d]` matrix is formed; it pays when there are at least as many rows. */
const MAXIMUM_FORMED = 2048;

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
  if (d > rows.length || d > MAXIMUM_FORMED) return productOperator(features, rows, means);
  return formedOperator(formCovariance(features, rows, means), d);
}

function formedOperator(covariance: Float64Array, d: number): SymmetricOperator {
  return {
    size: d,
    multiply(input, output, count) {
      for (let c = 0; c < count; c++) {
        const x = input.subarray(c * d, (c + 1) * d);
        // Four rows at a time: their sums do not wait for each other.
        let j = 0;
        for (; j + 4 <= d; j += 4) {
          const [b0, b1, b2, b3] = [j * d, (j + 1) * d, (j + 2) * d, (j + 3) * d];
          let [s0, s1, s2, s3] = [0, 0, 0, 0];
          for (let k = 0; k < d; k++) {
            const value = x[k]!;
            s0 += covariance[b0 + k]! * value;
            s1 += covariance[b1 + k]! * value;
            s2 += covariance[b2 + k]! * value;
            s3 += covariance[b3 + k]! * value;
          }
          output[c * d + j] = s0;
          output[c * d + j + 1] = s1;
          output[c * d + j + 2] = s2;
          output[c * d + j + 3] = s3;
        }
        for (; j < d; j++) {
          let sum = 0;
          for (let k = 0; k < d; k++) sum += covariance[j * d + k]! * x[k]!;
          output[c * d + j] = sum;
        }
      }
    },
  };
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

/** Rows summed up at a time, few enough that their panels stay in the cache. */
const BATCH = 128;

function formCovariance(features: DenseMatrix, rows: Int32Array, means: Float64Array): Float64Array {
  const d = features.columns;
  const covariance = new Float64Array(d * d);
  const count = Math.ceil(d / TILE);
  // Columns and rows beyond the last are zero.
  const kernel = tileKernel({ rows: BATCH, aPanels: count });
  const { a: panels } = kernel;
  const row = new Float64Array(d);
  for (let start = 0; start < rows.length; start += BATCH) {
    if (start + BATCH > rows.length) panels.fill(0);
    for (let r = 0; r < BATCH && start + r < rows.length; r++) {
      centredRow(features, rows[start + r]!, means, row);
      for (let j = 0; j < d; j++) panels[(Math.floor(j / TILE) * BATCH + r) * TILE + (j % TILE)] = row[j]!;
    }
    for (let a = 0; a < count; a++) {
      kernel.run(a, a + 1);
      addTiles(kernel.tiles, a, covariance, d);
    }
  }
  for (let j = 0; j < d; j++) {
    for (let k = 0; k <= j; k++) {
      const value = covariance[j * d + k]! / rows.length;
      covariance[j * d + k] = value;
      covariance[k * d + j] = value;
    }
  }
  return covariance;
}

/** Adds the products of panel `a` with itself and those before it to their place in the covariance. */
function addTiles(tiles: Float64Array, a: number, covariance: Float64Array, d: number): void {
  const end = Math.min(d, (a + 1) * TILE);
  for (let j = a * TILE, i = 0; j < end; j++, i++) {
    for (let k = 0; k < end; k++)
      covariance[j * d + k]! += tiles[(Math.floor(k / TILE) * TILE + i) * TILE + (k % TILE)]!;
  }
}

function centredRow(features: DenseMatrix, i: number, means: Float64Array, target: Float64Array): void {
  const start = i * features.columns;
  for (let j = 0; j < target.length; j++) target[j] = features.values[start + j]! - means[j]!;
}
