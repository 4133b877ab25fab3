import { csrMatrix, type CsrMatrix } from '@crossmodal/core';
import { symmetrise } from '../../affinity/symmetrise.js';
import type { CompletedFeatures } from '../completion/completed-features.js';
import type { NeighbourRecipe } from '../graph-recipe.js';
import { packedDiagonal, type PackedHalf } from '../kernels/packed-half.js';
import {
  fewerNearest,
  NearestBuilder,
  nearestByGram,
  squaredDistanceOf,
  type NearestRows,
} from './nearest-by-gram.js';
import { scalesOf, selfTuningRows } from './self-tuning-rows.js';
import { squaredLengths } from '../../kernels/squared-lengths.js';

/**
 * Self-tuning neighbour graph of one modality. Rows that lack it, and rows without length, have no neighbours and are none: what stands
 * in for them says where they may be, not which rows are next to them.
 *
 * @param n - rows
 * @param nearest - `scale` nearest rows of each at least, see {@link nearestOf}
 * @returns shape `[n, n]`, symmetric, in `[0, 1]`
 */
export function neighbourGraph(
  n: number,
  nearest: NearestRows,
  { neighbours, scale }: NeighbourRecipe,
): CsrMatrix<Float32Array> {
  const kept = fewerNearest(nearest, scale);
  if (kept.count === 0) return withoutEdges(n, n);
  return symmetrise(selfTuningRows(kept, { neighbours, scales: scalesOf(kept) }));
}

/**
 * {@link neighbourGraph} from new rows to training rows, whose scales are those of the fit; shape `[m, n]`.
 *
 * @param nearest - training rows nearest to new ones, and to each training row
 */
export function crossNeighbourGraph(
  { m, n }: { readonly m: number; readonly n: number },
  { given, own }: { readonly given: NearestRows; readonly own: NearestRows },
  { neighbours, scale }: NeighbourRecipe,
): CsrMatrix<Float32Array> {
  if (own.count === 0) return withoutEdges(m, n);
  return selfTuningRows(fewerNearest(given, scale), {
    neighbours,
    scales: scalesOf(fewerNearest(own, scale)),
  });
}

/** The training rows nearest to each new row; none for rows that lack the modality or have no length. */
export function crossNearestOf(
  fitted: { readonly modality: CompletedFeatures; readonly linear: PackedHalf },
  given: { readonly modality: CompletedFeatures; readonly linear: Float32Array },
  { scale }: Pick<NeighbourRecipe, 'scale'>,
): NearestRows {
  const { linear } = fitted;
  const n = fitted.modality.features.rows;
  const m = given.modality.features.rows;
  const usable = usableRows(fitted.modality, linear);
  const squares = squaredLengths(given.modality.features);
  const nearest = new NearestBuilder(m, Math.min(scale, n));
  for (let i = 0; i < m; i++) {
    if (given.modality.present?.[i] === 0 || squares[i] === 0) continue;
    for (let j = 0; j < n; j++) {
      if (usable[j] === 0) continue;
      const product = given.linear[i * n + j]!;
      nearest.offer(i, j, squaredDistanceOf(squares[i]!, linear[packedDiagonal(n, j)]!, product));
    }
  }
  return nearest.build();
}

/** The `scale` nearest rows of each row; none for rows that lack the modality or have no length. */
export function nearestOf(
  modality: CompletedFeatures,
  linear: PackedHalf,
  { scale }: Pick<NeighbourRecipe, 'scale'>,
): NearestRows {
  return nearestByGram(linear, usableRows(modality, linear), { count: scale });
}

function usableRows({ features: { rows: n }, present }: CompletedFeatures, linear: PackedHalf): Uint8Array {
  return Uint8Array.from({ length: n }, (_, i) =>
    present?.[i] !== 0 && linear[packedDiagonal(n, i)]! > 0 ? 1 : 0,
  );
}

/** A graph of no edges. */
export function withoutEdges(m: number, n: number): CsrMatrix<Float32Array> {
  return csrMatrix(m, n, new Int32Array(m + 1), new Int32Array(0), new Float32Array(0));
}
