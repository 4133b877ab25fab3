import { csrMatrix, type CsrMatrix } from '@crossmodal/core';
import { symmetrise } from '../../affinity/symmetrise.js';
import type { CompletedFeatures } from '../completion/completed-features.js';
import type { NeighbourRecipe } from '../graph-recipe.js';
import type { CrossKernel } from '../kernels/cross-kernel.js';
import type { ModalityKernels } from '../kernels/modality-kernels.js';
import { packedDiagonal, type PackedHalf } from '../kernels/packed-half.js';
import { NearestBuilder, nearestByGram, squaredDistanceOf, type NearestRows } from './nearest-by-gram.js';
import { scalesOf, selfTuningRows } from './self-tuning-rows.js';
import { squaredLengths } from '../../kernels/squared-lengths.js';

/**
 * Self-tuning neighbour graph of one modality. Rows that lack it, and rows without length, have no neighbours and are none: what stands
 * in for them says where they may be, not which rows are next to them.
 *
 * @returns shape `[n, n]`, symmetric, in `[0, 1]`
 */
export function neighbourGraph(
  modality: CompletedFeatures,
  { linear }: ModalityKernels,
  recipe: NeighbourRecipe,
): CsrMatrix<Float32Array> {
  const nearest = nearestOf(modality, linear, recipe);
  if (nearest.count === 0) return withoutEdges(modality.features.rows, modality.features.rows);
  return symmetrise(selfTuningRows(nearest, { neighbours: recipe.neighbours, scales: scalesOf(nearest) }));
}

/** {@link neighbourGraph} from new rows to training rows, whose scales are those of the fit; shape `[m, n]`. */
export function crossNeighbourGraph(
  fitted: { readonly modality: CompletedFeatures; readonly kernels: ModalityKernels },
  given: { readonly modality: CompletedFeatures; readonly kernels: CrossKernel },
  recipe: NeighbourRecipe,
): CsrMatrix<Float32Array> {
  const { linear } = fitted.kernels;
  const n = fitted.modality.features.rows;
  const m = given.modality.features.rows;
  const own = nearestOf(fitted.modality, linear, recipe);
  if (own.count === 0) return withoutEdges(m, n);
  const usable = usableRows(fitted.modality, linear);
  const squares = squaredLengths(given.modality.features);
  const nearest = new NearestBuilder(m, Math.min(recipe.scale, n));
  for (let i = 0; i < m; i++) {
    if (given.modality.present?.[i] === 0 || squares[i] === 0) continue;
    for (let j = 0; j < n; j++) {
      if (usable[j] === 0) continue;
      const product = given.kernels.linear[i * n + j]!;
      nearest.offer(i, j, squaredDistanceOf(squares[i]!, linear[packedDiagonal(n, j)]!, product));
    }
  }
  return selfTuningRows(nearest.build(), { neighbours: recipe.neighbours, scales: scalesOf(own) });
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

function withoutEdges(m: number, n: number): CsrMatrix<Float32Array> {
  return csrMatrix(m, n, new Int32Array(m + 1), new Int32Array(0), new Float32Array(0));
}
