import type { DenseMatrix } from '@crossmodal/core';
import { centredRow } from './centred-row.js';
import { PANEL, TILE, tileMemory } from '../products/tile-memory.js';

/** Rows summed up at a time, few enough that a pair of panels stays in the cache. */
const BATCH = 128;

/** Numbers of a panel. */
const PANEL_LENGTH = BATCH * PANEL;

/** The covariance of rows that are added little by little; how they are cut changes no bit of it. */
export interface CovarianceSum {
  /** Adds rows of a matrix `[m, d]`, by their numbers. */
  add(features: DenseMatrix, rows: Int32Array): void;
  /** The covariance `[d, d]` of all rows that were added, row-major; nothing can be added any more. */
  finish(): Float64Array;
}

/**
 * Sums up `(x - m)(x - m)^T` over rows and divides by their number.
 *
 * @param means - m, length `d`
 */
export function covarianceSum(means: Float64Array): CovarianceSum {
  const d = means.length;
  const count = Math.ceil(d / PANEL);
  const tile = count * PANEL_LENGTH;
  // Panel after panel of columns, and tiles of one panel with all before it; columns and rows beyond the last are zero.
  const { numbers, multiply } = tileMemory(tile + count * TILE);
  const sums = new Float64Array(firstTile(count) * TILE);
  const row = new Float64Array(d);
  let waiting = 0;
  let total = 0;
  const addBatch = (): void => {
    for (let a = 0; a < count; a++) {
      const x = a * PANEL_LENGTH;
      const end = tile + (a + 1) * TILE;
      numbers.fill(0, tile, end);
      multiply({ x, y: 0, end: x + PANEL_LENGTH, tile, length: PANEL_LENGTH });
      const start = firstTile(a) * TILE;
      for (let p = tile; p < end; p++) sums[start + p - tile]! += numbers[p]!;
    }
    waiting = 0;
  };
  return {
    add(features, rows) {
      for (const i of rows) {
        centredRow(features, i, means, row);
        let place = waiting * PANEL;
        for (let j = 0; j < d; j += PANEL, place += PANEL_LENGTH)
          for (let k = 0; k < PANEL && j + k < d; k++) numbers[place + k] = row[j + k]!;
        if (++waiting === BATCH) addBatch();
      }
      total += rows.length;
    },
    finish() {
      if (waiting > 0) {
        for (let a = 0; a < count; a++)
          numbers.fill(0, a * PANEL_LENGTH + waiting * PANEL, (a + 1) * PANEL_LENGTH);
        addBatch();
      }
      return fromTiles(sums, d, total);
    },
  };
}

/** Number of the tile of panels a and 0; those of a and 1 to a follow. */
function firstTile(a: number): number {
  return (a * (a + 1)) / 2;
}

/** The lower triangle divided by the number of rows, and its mirror image. */
function fromTiles(tiles: Float64Array, d: number, total: number): Float64Array {
  const covariance = new Float64Array(d * d);
  for (let j = 0; j < d; j++) {
    const a = Math.floor(j / PANEL);
    for (let k = 0; k <= j; k++) {
      const tile = (firstTile(a) + Math.floor(k / PANEL)) * TILE;
      const value = tiles[tile + (j % PANEL) * PANEL + (k % PANEL)]! / total;
      covariance[j * d + k] = value;
      covariance[k * d + j] = value;
    }
  }
  return covariance;
}
