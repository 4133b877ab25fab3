import { denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { nearestAmong } from '../../neighbours/nearest-among.js';
import { SMALLEST_DISTANCE, type NearestRows } from '../neighbours/nearest-by-gram.js';
import { nearestAmongCandidates } from './nearest-among-candidates.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import type { CandidateLists } from '../../solvers/sparse/candidate-lists.js';
import { squaredLengths } from '../../kernels/squared-lengths.js';

/** Rows of one modality that look for others, or are looked for. */
export interface SearchedRows extends KernelFeatures {
  /** Numbers of the rows among those that are searched, where they are some of these: a row is no neighbour of its own. */
  readonly own?: Int32Array;
}

/** Options of {@link nearestRows}. */
export interface NearestRowsOptions {
  /** Neighbours of each row, 1 or more. */
  readonly count: number;
  /** Among all rows, in near cells, or among candidates. */
  readonly method: 'exact' | 'approximate' | 'auto' | CandidateLists;
  /** Share of the true neighbours that the approximate search aims at. */
  readonly recall?: number;
  readonly random?: RandomSource;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The nearest rows of each row by squared distance, whatever their lengths: rows `[x, 1]` look for rows `[y, -|y|^2 / 2]` of largest product.
 * Rows that lack the modality, and rows without length, have no neighbours and are none.
 */
export async function nearestRows(
  given: SearchedRows,
  among: KernelFeatures,
  { count, method, ...search }: NearestRowsOptions,
): Promise<NearestRows> {
  const { own } = given;
  const squares = squaredLengths(given.features);
  const most = Math.min(count, among.features.rows - (own === undefined ? 0 : 1));
  if (most < 1) return { count: 0, columns: new Int32Array(0), distances: new Float64Array(0) };
  const lengths = squaredLengths(among.features);
  const [looking, known] = [usable(given, squares), usable(among, lengths)];
  if (typeof method !== 'string') {
    return nearestAmongCandidates(
      { features: given.features, squares, usable: looking },
      { features: among.features, squares: lengths, usable: known },
      { candidates: method, count: most, signal: search.signal },
    );
  }
  const found = await nearestAmong(
    withColumn(given.features, () => 1),
    withColumn(among.features, (j) => -lengths[j]! / 2),
    {
      ...search,
      method,
      neighbours: own === undefined ? most : most + 1,
      present: looking,
      referencesPresent: known,
    },
  );
  const rows = given.features.rows;
  const columns = new Int32Array(rows * most).fill(-1);
  const distances = new Float64Array(rows * most);
  for (let i = 0; i < rows; i++) {
    let to = i * most;
    for (let p = i * found.count; p < (i + 1) * found.count && to < (i + 1) * most; p++) {
      const j = found.indices[p]!;
      if (j < 0) break;
      if (j === own?.[i]) continue;
      columns[to] = j;
      distances[to++] = Math.max(squares[i]! - 2 * found.products[p]!, SMALLEST_DISTANCE);
    }
  }
  return { count: most, columns, distances };
}

function usable({ present }: KernelFeatures, squares: Float64Array): Uint8Array {
  return Uint8Array.from(squares, (square, i) => (square > 0 && present?.[i] !== 0 ? 1 : 0));
}

/** The matrix with one more column. */
function withColumn({ rows, columns, values }: DenseMatrix, valueOf: (row: number) => number): DenseMatrix {
  const wider = new Float32Array(rows * (columns + 1));
  for (let i = 0; i < rows; i++) {
    wider.set(values.subarray(i * columns, (i + 1) * columns), i * (columns + 1));
    wider[i * (columns + 1) + columns] = valueOf(i);
  }
  return denseMatrix(wider, rows, columns + 1);
}
