import type { DenseMatrix } from '@crossmodal/core';
import type { SymmetricOperator } from '@crossmodal/spectral';

/** Columns up to which the `[d, d]` matrix is formed; it pays when there are at least as many rows. */
const MAXIMUM_FORMED = 2048;

/** The covariance `X_c^T X_c / n` of the given rows as an operator over columns: formed when small, else by products. */
export function covarianceOperator(
  features: DenseMatrix,
  rows: Int32Array,
  means: Float64Array,
): SymmetricOperator {
  const d = features.columns;
  if (d > rows.length || d > MAXIMUM_FORMED) return productOperator(features, rows, means);
  const covariance = formCovariance(features, rows, means);
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

function formCovariance(features: DenseMatrix, rows: Int32Array, means: Float64Array): Float64Array {
  const d = features.columns;
  const covariance = new Float64Array(d * d);
  // Four rows at a time: each entry is loaded and stored a quarter as often.
  const batch = Array.from({ length: 4 }, () => new Float64Array(d));
  const [r0, r1, r2, r3] = batch as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let start = 0; start < rows.length; start += 4) {
    batch.forEach((row, b) => {
      if (start + b < rows.length) centredRow(features, rows[start + b]!, means, row);
      else row.fill(0);
    });
    for (let j = 0; j < d; j++) {
      const [a0, a1, a2, a3] = [r0[j]!, r1[j]!, r2[j]!, r3[j]!];
      const base = j * d;
      for (let k = 0; k <= j; k++) {
        covariance[base + k] = covariance[base + k]! + a0 * r0[k]! + a1 * r1[k]! + a2 * r2[k]! + a3 * r3[k]!;
      }
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

function centredRow(features: DenseMatrix, i: number, means: Float64Array, target: Float64Array): void {
  const start = i * features.columns;
  for (let j = 0; j < target.length; j++) target[j] = features.values[start + j]! - means[j]!;
}
