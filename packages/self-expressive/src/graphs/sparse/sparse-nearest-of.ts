import { gatherRows } from '@crossmodal/core';
import type { CandidateLists } from '../../solvers/sparse/candidate-lists.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import type { NearestRows } from '../neighbours/nearest-by-gram.js';
import { nearestRows, type SearchedRows } from './nearest-rows.js';

/** How neighbours are searched. */
export interface SparseNeighbourOptions {
  /** Neighbours of each row. */
  readonly count: number;
  /** Among these alone; among all rows where left out. */
  readonly candidates: CandidateLists | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The nearest other rows of each row of one modality, as `nearestOf` finds them, without its Gram matrix. */
export function sparseNearestOf(
  modality: KernelFeatures,
  { count, candidates, signal }: SparseNeighbourOptions,
): Promise<NearestRows> {
  const own = Int32Array.from({ length: modality.features.rows }, (_, i) => i);
  return nearestRows({ ...modality, own }, modality, { count, method: candidates ?? 'exact', signal });
}

/** The training rows nearest to each new row, and those nearest to each of these: the others are asked by nobody, and have none. */
export async function sparseCrossNearestOf(
  given: KernelFeatures,
  fitted: KernelFeatures,
  { count, candidates, signal }: SparseNeighbourOptions,
): Promise<{ readonly given: NearestRows; readonly own: NearestRows }> {
  const nearest = await nearestRows(given, fitted, { count, method: candidates ?? 'exact', signal });
  const rows = Int32Array.from(new Set(nearest.columns.filter((j) => j >= 0))).sort();
  const theirs = await nearestRows(someOf(fitted, rows), fitted, {
    count,
    // As exact as the fit, unless so many rows are touched that this would take longer than all else.
    method: candidates === undefined ? 'exact' : 'auto',
    signal,
  });
  return { given: nearest, own: inPlaces(theirs, rows, fitted.features.rows) };
}

/** Some of the rows, which are no neighbours of their own. */
function someOf({ features, present }: KernelFeatures, rows: Int32Array): SearchedRows {
  const taken = { features: gatherRows(features, rows), own: rows };
  return present === undefined ? taken : { ...taken, present: Uint8Array.from(rows, (i) => present[i]!) };
}

/** Neighbours of some rows where these are among all. */
function inPlaces({ count, columns, distances }: NearestRows, rows: Int32Array, n: number): NearestRows {
  const all = {
    count,
    columns: new Int32Array(n * count).fill(-1),
    distances: new Float64Array(n * count),
  };
  rows.forEach((i, r) => {
    all.columns.set(columns.subarray(r * count, (r + 1) * count), i * count);
    all.distances.set(distances.subarray(r * count, (r + 1) * count), i * count);
  });
  return all;
}
