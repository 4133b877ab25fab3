import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { transposeMatrix } from '@crossmodal/linalg';
import { backendProduct } from '@crossmodal/tensors';
import { inverseFactor } from './inverse-factor.js';
import { rowRanges } from './lazy-rows.js';
import { squaredLengths } from '../../kernels/squared-lengths.js';

/** Rows whose products are the self-expression, up to a factor per row. */
export interface WhitenedRows {
  /** `Y`, shape `[n, r]`, `r = min(n, d)`. */
  readonly rows: DenseMatrix<Float32Array>;
  /** What turns features of new rows `[m, d]` into rows whose products with `Y` are their coefficients, shape `[d, r]`. */
  readonly projection: DenseMatrix<Float32Array>;
  /** `S_ij = factorOf(i) <y_i, y_j>` for `i != j`; below 0 when {@link opposite}. */
  readonly factorOf: (row: number) => number;
  /** Whether coefficients have the opposite sign of the products. */
  readonly opposite: boolean;
}

/** Same floor, and same reason, as in {@link exactSelfExpression}. */
const DENOMINATOR_FLOOR = 1e-4;

/** Rows summed or projected at once: the engine is busy with them, and what they take is small beside the features. */
const BLOCK_ROWS = 4096;

/**
 * Whitens features for their self-expression with a ridge: with `rho I + Z^T Z = L L^T`, `Y = Z L^-T`, so that `M = Y Y^T` and
 * `S_ij = <y_i, y_j> / (1 - <y_i, y_i>)`. With more features than rows the same from the other side: with `rho I + Z Z^T = L L^T`,
 * `Y = sqrt(rho) L^-T`, so that `P = Y Y^T` and `S_ij = -<y_i, y_j> / <y_i, y_i>`.
 *
 * @param features - `Z`, shape `[n, d]`
 * @param ridge - `rho > 0`
 * @throws CrossmodalError `value` when features are not finite.
 */
export function whitenRows(where: string, features: DenseMatrix, ridge: number): WhitenedRows {
  return features.columns > features.rows
    ? fromKernel(where, features, ridge)
    : fromFeatures(where, features, ridge);
}

function fromFeatures(where: string, features: DenseMatrix, ridge: number): WhitenedRows {
  const { rows: n, columns: d } = features;
  const moments = new Float64Array(d * d);
  const ranges = rowRanges(n, BLOCK_ROWS);
  for (const [start, end] of ranges) {
    const part = rowsOf(features, start, end);
    const { values } = backendProduct(part, part, { transposeA: true });
    for (let p = 0; p < moments.length; p++) moments[p]! += values[p]!;
  }
  for (let j = 0; j < d; j++) moments[j * d + j]! += ridge;
  const projection = single(transposeMatrix(inverseFactor(where, denseMatrix(moments, d, d))));
  const whitened = new Float32Array(n * d);
  for (const [start, end] of ranges)
    whitened.set(backendProduct(rowsOf(features, start, end), projection).values, start * d);
  const rows = denseMatrix(whitened, n, d);
  const squares = squaredLengths(rows);
  return {
    rows,
    projection,
    factorOf: (i) => 1 / Math.max(1 - squares[i]!, DENOMINATOR_FLOOR),
    opposite: false,
  };
}

function fromKernel(where: string, features: DenseMatrix, ridge: number): WhitenedRows {
  const n = features.rows;
  const kernel = Float64Array.from(backendProduct(features, features, { transposeB: true }).values);
  for (let i = 0; i < n; i++) kernel[i * n + i]! += ridge;
  const whitening = transposeMatrix(inverseFactor(where, denseMatrix(kernel, n, n)));
  const root = Math.sqrt(ridge);
  const rows = denseMatrix(
    Float32Array.from(whitening.values, (value) => root * value),
    n,
    n,
  );
  const projection = backendProduct(features, whitening, { transposeA: true });
  for (let p = 0; p < projection.values.length; p++) projection.values[p]! /= root;
  const squares = squaredLengths(rows);
  return {
    rows,
    projection,
    factorOf: (i) => -1 / Math.max(squares[i]!, DENOMINATOR_FLOOR),
    opposite: true,
  };
}

function rowsOf({ columns, values }: DenseMatrix, start: number, end: number): DenseMatrix {
  return denseMatrix(values.subarray(start * columns, end * columns), end - start, columns);
}

function single({ rows, columns, values }: DenseMatrix): DenseMatrix<Float32Array> {
  return denseMatrix(values instanceof Float32Array ? values : Float32Array.from(values), rows, columns);
}
