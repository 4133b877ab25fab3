import { throwIfAborted, yieldToEvents, type DenseMatrix } from '@crossmodal/core';
import type { CandidateLists } from '../../solvers/sparse/candidate-lists.js';
import { rowProduct } from '../../solvers/sparse/row-product.js';
import { squaredDistanceOf, type NearestRows } from '../neighbours/nearest-by-gram.js';

/** Rows with their squared lengths and which of them may be neighbours. */
export interface UsableRows {
  readonly features: DenseMatrix;
  readonly squares: Float64Array;
  readonly usable: Uint8Array;
}

/** Options of {@link nearestAmongCandidates}. */
export interface NearestCandidateOptions {
  readonly candidates: CandidateLists;
  /** Neighbours of each row. */
  readonly count: number;
  readonly signal?: AbortSignal | undefined;
}

/** Rows between which events are heard. */
const BLOCK_ROWS = 4096;

/** The nearest candidates of each row, nearest first; of equally near ones the smaller number. */
export async function nearestAmongCandidates(
  given: UsableRows,
  among: UsableRows,
  { candidates: { offsets, rows }, count, signal }: NearestCandidateOptions,
): Promise<NearestRows> {
  const m = given.features.rows;
  const columns = new Int32Array(m * count).fill(-1);
  const distances = new Float64Array(m * count);
  for (let i = 0; i < m; i++) {
    if (i % BLOCK_ROWS === 0) {
      throwIfAborted(signal, 'nearestAmongCandidates');
      await yieldToEvents();
    }
    if (given.usable[i] === 0) continue;
    const start = i * count;
    let held = 0;
    for (let p = offsets[i]!; p < offsets[i + 1]!; p++) {
      const j = rows[p]!;
      if (among.usable[j] === 0) continue;
      const product = rowProduct(given.features, i, among.features, j);
      const distance = squaredDistanceOf(given.squares[i]!, among.squares[j]!, product);
      if (held === count && distance >= distances[start + count - 1]!) continue;
      let place = start + (held < count ? held++ : count - 1);
      for (; place > start && distances[place - 1]! > distance; place--) {
        columns[place] = columns[place - 1]!;
        distances[place] = distances[place - 1]!;
      }
      columns[place] = j;
      distances[place] = distance;
    }
  }
  return { count, columns, distances };
}
