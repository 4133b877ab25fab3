import { denseMatrix, gatherRows, type DenseMatrix } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';
import { rowRanges, type LazyRows } from '../../solvers/sparse/lazy-rows.js';
import { decay } from '../../kernels/decay.js';
import type { CompletedFeatures } from '../completion/completed-features.js';
import { presentRows } from '../completion/present-rows.js';
import type { Landmarks } from './landmarks.js';
import { squaredLengths } from '../../kernels/squared-lengths.js';

/** One modality of the rows, the fitted rows that stand in for absent ones, and its landmarks. */
export interface LandmarkModality {
  readonly given: CompletedFeatures;
  readonly fitted: CompletedFeatures;
  readonly landmarks: Landmarks;
  /** `exp(-rate * squared distance)`; inner products when undefined. */
  readonly rate: number | undefined;
}

/** Rows that stand in for absent ones are lifted in blocks of about this size. */
const STAND_INS = 2048;

/**
 * Kernel of rows with landmarks, summed over modalities, `C_il = sum_v k_v(x_vi, z_vl)`, shape `[n, m]`, made block by block. An absent row
 * is the mean of its stand-ins in the space of the kernel, as {@link completeKernel} has it: `C_v <- M C_v`.
 */
export function landmarkKernel(modalities: readonly LandmarkModality[]): LazyRows {
  const m = sizeOf(modalities[0]!.landmarks);
  const means = modalities.map(() => undefined as Float32Array | undefined);
  return {
    rows: modalities[0]!.given.features.rows,
    columns: m,
    read(start, end) {
      const [alone] = modalities;
      if (modalities.length === 1 && (alone!.rate === undefined || alone!.given.present === undefined))
        return presentRowsOf(alone!, start, end);
      const sum = new Float32Array((end - start) * m);
      modalities.forEach((modality, v) => {
        addPresent(sum, modality, start, end);
        const { completion } = modality.given;
        // The features of an absent row are the mean of its stand-ins, which is all that a linear kernel needs.
        if (modality.rate === undefined || completion === undefined) return;
        addAbsent(sum, modality, [start, end], () => (means[v] ??= meanRow(modality)));
      });
      return denseMatrix(sum, end - start, m);
    },
  };
}

/** Number of landmarks. */
function sizeOf({ points, means }: Landmarks): number {
  return (means ?? points).rows;
}

function addPresent(sum: Float32Array, modality: LandmarkModality, start: number, end: number): void {
  const { given, rate } = modality;
  const own = presentRowsOf(modality, start, end);
  const m = own.columns;
  for (let i = start; i < end; i++) {
    if (rate !== undefined && given.present?.[i] === 0) continue;
    addTo(sum.subarray((i - start) * m, (i - start + 1) * m), own.values, (i - start) * m, 1);
  }
}

/** Kernel of rows with landmarks as if all of them were present. */
function presentRowsOf(modality: LandmarkModality, start: number, end: number): DenseMatrix<Float32Array> {
  const { columns: d, values } = modality.given.features;
  return withLandmarks(denseMatrix(values.subarray(start * d, end * d), end - start, d), modality);
}

function addAbsent(
  sum: Float32Array,
  modality: LandmarkModality,
  [start, end]: readonly [number, number],
  mean: () => Float32Array,
): void {
  const { rows, weights } = modality.given.completion!;
  const m = sizeOf(modality.landmarks);
  const absent = Array.from(rows.keys()).filter((a) => rows[a]! >= start && rows[a]! < end);
  for (let first = 0; first < absent.length;) {
    const from = weights.rowOffsets[absent[first]!]!;
    let last = first + 1;
    while (last < absent.length && weights.rowOffsets[absent[last]! + 1]! - from <= STAND_INS) last++;
    const to = weights.rowOffsets[absent[last - 1]! + 1]!;
    const standIns = gatherRows(modality.fitted.features, weights.columnIndices.subarray(from, to));
    const own = withLandmarks(standIns, modality).values;
    for (const a of absent.slice(first, last)) {
      const target = sum.subarray((rows[a]! - start) * m, (rows[a]! - start + 1) * m);
      const [begin, stop] = [weights.rowOffsets[a]!, weights.rowOffsets[a + 1]!];
      if (begin === stop) addTo(target, mean(), 0, 1);
      for (let p = begin; p < stop; p++) addTo(target, own, (p - from) * m, weights.values[p]!);
    }
    first = last;
  }
}

function addTo(target: Float32Array, source: Float32Array, start: number, weight: number): void {
  for (let l = 0; l < target.length; l++) target[l]! += weight * source[start + l]!;
}

/** Mean over the fitted rows that are present; zeros when none is. */
function meanRow(modality: LandmarkModality): Float32Array {
  const rows = presentRows(modality.fitted);
  const m = sizeOf(modality.landmarks);
  const mean = new Float32Array(m);
  for (const [start, end] of rowRanges(rows.length, STAND_INS)) {
    const part = gatherRows(modality.fitted.features, rows.subarray(start, end));
    const own = withLandmarks(part, modality).values;
    for (let i = 0; i < end - start; i++) addTo(mean, own, i * m, 1 / rows.length);
  }
  return mean;
}

/** Kernel of rows that have the modality with the landmarks, shape `[b, m]`. */
function withLandmarks(
  rows: DenseMatrix,
  { landmarks: { points, means }, rate }: Pick<LandmarkModality, 'landmarks' | 'rate'>,
): DenseMatrix<Float32Array> {
  const kernel = lifted(rows, points, rate);
  if (means === undefined) return kernel;
  const [m, p] = [means.rows, points.rows];
  const values = new Float32Array(rows.rows * m);
  for (let i = 0; i < rows.rows; i++) {
    for (let l = 0; l < m; l++) {
      let sum = 0;
      for (let q = means.rowOffsets[l]!; q < means.rowOffsets[l + 1]!; q++)
        sum += means.values[q]! * kernel.values[i * p + means.columnIndices[q]!]!;
      values[i * m + l] = sum;
    }
  }
  return denseMatrix(values, rows.rows, m);
}

/** Kernel of rows with points, shape `[b, p]`. */
function lifted(rows: DenseMatrix, points: DenseMatrix, rate: number | undefined): DenseMatrix<Float32Array> {
  if (rows.rows === 0) return denseMatrix(new Float32Array(0), 0, points.rows);
  const product = backendProduct(rows, points, { transposeB: true });
  if (rate === undefined) return product;
  const { rows: b, columns: m, values } = product;
  const [ownSquares, squares] = [squaredLengths(rows), squaredLengths(points)];
  for (let i = 0, p = 0; i < b; i++) {
    const own = ownSquares[i]!;
    for (let l = 0; l < m; l++, p++)
      values[p] = decay(rate * Math.max(own + squares[l]! - 2 * values[p]!, 0));
  }
  return product;
}
