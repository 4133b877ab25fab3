import type { DenseMatrix } from '@crossmodal/core';
import { centredRow } from './centred-row.js';

/** Columns of a panel: sixteen sums of one pair of panels are kept at a time. */
const PANEL = 4;

/** Rows summed up at a time, few enough that their panels stay in the cache. */
const BATCH = 128;

/** The covariance of rows that are added little by little; how they are cut changes no bit of it. */
export interface CovarianceSum {
  /** Adds rows of a matrix `[m, d]`, by their numbers. */
  add(features: DenseMatrix, rows: Int32Array): void;
  /** The covariance `[d, d]` of all rows that were added, row-major. */
  finish(): Float64Array;
}

/**
 * Sums up `(x - m)(x - m)^T` over rows and divides by their number.
 *
 * @param means - m, length `d`
 */
export function covarianceSum(means: Float64Array): CovarianceSum {
  const d = means.length;
  const covariance = new Float64Array(d * d);
  const count = Math.ceil(d / PANEL);
  // Panel after panel, its columns row by row; columns and rows beyond the last are zero.
  const panels = new Float64Array(count * BATCH * PANEL);
  const row = new Float64Array(d);
  let waiting = 0;
  let total = 0;
  const addBatch = (): void => {
    for (let a = 0; a < count; a++) for (let b = 0; b <= a; b++) addPanels(panels, a, b, covariance, d);
    waiting = 0;
  };
  return {
    add(features, rows) {
      for (const i of rows) {
        centredRow(features, i, means, row);
        for (let j = 0; j < d; j++)
          panels[(Math.floor(j / PANEL) * BATCH + waiting) * PANEL + (j % PANEL)] = row[j]!;
        if (++waiting === BATCH) addBatch();
      }
      total += rows.length;
    },
    finish() {
      if (waiting > 0) {
        for (let a = 0; a < count; a++)
          panels.fill(0, (a * BATCH + waiting) * PANEL, (a + 1) * BATCH * PANEL);
        addBatch();
      }
      return mirrored(covariance, d, total);
    },
  };
}

/** The lower triangle divided by the number of rows, and its mirror image. */
function mirrored(covariance: Float64Array, d: number, total: number): Float64Array {
  for (let j = 0; j < d; j++) {
    for (let k = 0; k <= j; k++) {
      const value = covariance[j * d + k]! / total;
      covariance[j * d + k] = value;
      covariance[k * d + j] = value;
    }
  }
  return covariance;
}

/** Adds the products of the columns of panels `a` and `b` to their place in the covariance. */
function addPanels(panels: Float64Array, a: number, b: number, covariance: Float64Array, d: number): void {
  const length = BATCH * PANEL;
  const width = Math.min(PANEL, d - b * PANEL);
  const q = b * length;
  for (let j = a * PANEL; j < Math.min((a + 1) * PANEL, d); j += 2) {
    let [s00, s01, s02, s03, s10, s11, s12, s13] = [0, 0, 0, 0, 0, 0, 0, 0];
    const p = a * length + (j % PANEL);
    for (let r = 0; r < length; r += PANEL) {
      const x0 = panels[p + r]!;
      const x1 = panels[p + r + 1]!;
      const y0 = panels[q + r]!;
      const y1 = panels[q + r + 1]!;
      const y2 = panels[q + r + 2]!;
      const y3 = panels[q + r + 3]!;
      s00 += x0 * y0;
      s01 += x0 * y1;
      s02 += x0 * y2;
      s03 += x0 * y3;
      s10 += x1 * y0;
      s11 += x1 * y1;
      s12 += x1 * y2;
      s13 += x1 * y3;
    }
    const sums = [s00, s01, s02, s03, s10, s11, s12, s13];
    for (let i = 0; i < 2 && j + i < d; i++) {
      for (let c = 0; c < width; c++) covariance[(j + i) * d + b * PANEL + c]! += sums[4 * i + c]!;
    }
  }
}
