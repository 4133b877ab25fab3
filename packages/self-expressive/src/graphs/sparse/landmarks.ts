import { gatherRows, type CsrMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { CsrBuilder } from '../../affinity/csr-builder.js';
import type { CompletedFeatures } from '../completion/completed-features.js';
import { presentRows } from '../completion/present-rows.js';

/** Landmarks in one modality. */
export interface Landmarks {
  /** Rows that have the modality, shape `[p, d]`. */
  readonly points: DenseMatrix;
  /** Landmarks as means of the points, shape `[m, p]`, where some lack the modality; left out where points are the landmarks. */
  readonly means?: CsrMatrix;
}

/**
 * Rows drawn to be landmarks, ascending: those that have all of the modalities first, and others where these are too few. An absent
 * modality makes a landmark several times as costly.
 */
export function drawLandmarks(
  modalities: readonly CompletedFeatures[],
  count: number,
  random: RandomSource,
): Int32Array {
  const order = random.permutation(modalities[0]!.features.rows);
  const complete = (i: number) => modalities.every(({ present }) => present?.[i] !== 0);
  const sorted = Int32Array.from([...order.filter(complete), ...order.filter((i) => !complete(i))]);
  return sorted.slice(0, count).sort();
}

/** The landmarks as one modality has them: rows of it, or means of the rows that stand in for them. */
export function landmarksOf(modality: CompletedFeatures, drawn: Int32Array): Landmarks {
  const { features, present, completion } = modality;
  if (completion === undefined || drawn.every((i) => present?.[i] !== 0))
    return { points: gatherRows(features, drawn) };
  const { rows, weights } = completion;
  const placeOf = new Map(Array.from(rows, (i, a) => [i, a]));
  const all = presentRows(modality);
  const parts = Array.from(drawn, (i): [ArrayLike<number>, (p: number) => number] => {
    const a = placeOf.get(i);
    if (a === undefined) return [[i], () => 1];
    const [start, end] = [weights.rowOffsets[a]!, weights.rowOffsets[a + 1]!];
    // Without stand-ins an absent row is the mean of all rows.
    if (start === end) return [all, () => 1 / all.length];
    return [weights.columnIndices.subarray(start, end), (p) => weights.values[start + p]!];
  });
  const used = Int32Array.from(new Set(parts.flatMap(([from]) => Array.from(from)))).sort();
  const pointOf = new Map(Array.from(used, (j, p) => [j, p]));
  const means = new CsrBuilder(drawn.length, used.length);
  for (const [from, weightOf] of parts) {
    for (let p = 0; p < from.length; p++) means.push(pointOf.get(from[p]!)!, weightOf(p));
    means.endRow();
  }
  return { points: gatherRows(features, used), means: means.build() };
}
