import { csrMatrix, type CsrMatrix } from '@crossmodal/core';
import { symmetrise } from '../../affinity/symmetrise.js';
import type { CandidateLists } from '../../solvers/sparse/candidate-lists.js';
import type { NeighbourRecipe } from '../graph-recipe.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import type { NearestRows } from '../neighbours/nearest-by-gram.js';
import { scalesOf, selfTuningRows } from '../neighbours/self-tuning-rows.js';
import { nearestRows, someOf } from './nearest-rows.js';

/** How neighbours are searched. */
export interface SparseNeighbourOptions {
  /** Among these alone; among all rows where left out. */
  readonly candidates: CandidateLists | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A neighbour graph and what it is made of. */
export interface SparseNeighbourGraph {
  readonly graph: CsrMatrix<Float32Array>;
  readonly nearest: NearestRows;
}

/** Self-tuning neighbour graph of one modality, as `neighbourGraph` has it, without its Gram matrix; shape `[n, n]`, symmetric. */
export async function sparseNeighbourGraph(
  modality: KernelFeatures,
  { neighbours, scale }: NeighbourRecipe,
  { candidates, signal }: SparseNeighbourOptions,
): Promise<SparseNeighbourGraph> {
  const n = modality.features.rows;
  const own = Int32Array.from({ length: n }, (_, i) => i);
  const nearest = await nearestRows({ ...modality, own }, modality, {
    count: scale,
    method: candidates ?? 'exact',
    signal,
  });
  if (nearest.count === 0) return { graph: withoutEdges(n, n), nearest };
  const scales = scalesOf(nearest);
  return { graph: symmetrise(selfTuningRows(nearest, { neighbours, scales })), nearest };
}

/** {@link sparseNeighbourGraph} from new rows to training rows, of which only the neighbours' scales are looked up; shape `[m, n]`. */
export async function sparseCrossNeighbourGraph(
  given: KernelFeatures,
  fitted: KernelFeatures,
  { neighbours, scale }: NeighbourRecipe,
  { candidates, signal }: SparseNeighbourOptions,
): Promise<CsrMatrix<Float32Array>> {
  const n = fitted.features.rows;
  const nearest = await nearestRows(given, fitted, { count: scale, method: candidates ?? 'exact', signal });
  const rows = Int32Array.from(new Set(nearest.columns.filter((j) => j >= 0))).sort();
  // A training row by itself has no scale, so nothing is near it.
  if (n < 2 || rows.length === 0) return withoutEdges(given.features.rows, n);
  const theirs = scalesOf(
    await nearestRows(someOf(fitted, rows), fitted, {
      count: scale,
      // As exact as the fit, unless so many rows are touched that this would take longer than all else.
      method: candidates === undefined ? 'exact' : 'auto',
      signal,
    }),
  );
  const scales = new Float64Array(n);
  rows.forEach((j, r) => (scales[j] = theirs[r]!));
  return selfTuningRows(nearest, { neighbours, scales });
}

function withoutEdges(m: number, n: number): CsrMatrix<Float32Array> {
  return csrMatrix(m, n, new Int32Array(m + 1), new Int32Array(0), new Float32Array(0));
}
