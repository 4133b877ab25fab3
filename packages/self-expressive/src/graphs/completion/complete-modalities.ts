import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { columnMeans } from '@crossmodal/linalg';
import { checkModalities } from '../check-modalities.js';
import type { CompletedFeatures, Completion } from './completed-features.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';
import { presentRows } from './present-rows.js';
import { standIns } from './stand-ins.js';

/**
 * Fills absent rows from rows that have the modality: `x_vi = sum_j w_ij x_vj`, over the ten fitted rows `j` that have modality v and are
 * most similar to `i` in the modalities that both have, with weights `w_ij` in proportion to `sum_u <x_ui, x_uj>` and of sum 1. Only
 * rows of positive similarity count; without any, `x_vi` is the mean of all rows that have the modality.
 *
 * Rows that agree give a long `x_vi`, as sure as its parts; rows that do not cancel out, and leave it near the mean, which says nothing.
 * Modalities without absent rows are returned as they are.
 *
 * @param modalities - prepared features, one entry per modality, centred, absent rows zero
 * @param fitted - the rows to fill from, modalities in the same order; those of `modalities` by default
 * @returns in the same order; `present` still tells which rows are filled
 * @throws CrossmodalError `shape` when there is no modality, or their rows differ in number.
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * const first = { features: fromRows([[1, 0], [0.8, 0.6], [-1, 0]]) };
 * const second = { features: fromRows([[0, 0], [0, 1], [0, -1]]), present: Uint8Array.of(0, 1, 1) };
 * const [, completed] = completeModalities([first, second]);
 * console.log(completed!.features.values); // row 0 is as row 1: [0, 1, 0, 1, 0, -1]
 * ```
 */
export function completeModalities(
  modalities: readonly KernelFeatures[],
  fitted: readonly KernelFeatures[] = modalities,
): CompletedFeatures[] {
  checkModalities('completeModalities', modalities);
  checkModalities('completeModalities', fitted);
  const completions = standIns(modalities, fitted);
  return modalities.map((modality, v) => {
    const completion = completions[v];
    if (completion === undefined) return modality;
    return { ...modality, features: filled(modality, fitted[v]!, completion), completion };
  });
}

function filled(
  { features }: KernelFeatures,
  fitted: KernelFeatures,
  { rows, weights }: Completion,
): DenseMatrix<Float32Array> {
  const d = features.columns;
  const values = Float32Array.from(features.values);
  const source = fitted.features.values;
  const mean = meanRow(fitted);
  const row = new Float64Array(d);
  rows.forEach((i, a) => {
    const [start, end] = [weights.rowOffsets[a]!, weights.rowOffsets[a + 1]!];
    row.set(mean);
    if (start < end) row.fill(0);
    for (let p = start; p < end; p++) {
      const from = weights.columnIndices[p]! * d;
      for (let c = 0; c < d; c++) row[c]! += weights.values[p]! * source[from + c]!;
    }
    values.set(row, i * d);
  });
  return denseMatrix(values, features.rows, d);
}

/** Mean of the rows that are present; zeros when none is. */
function meanRow(fitted: KernelFeatures): Float64Array {
  const rows = presentRows(fitted);
  return rows.length > 0 ? columnMeans(fitted.features, { rows }) : new Float64Array(fitted.features.columns);
}
