import type { CsrMatrix } from '@crossmodal/core';
import { CsrBuilder } from '../../affinity/csr-builder.js';
import type { NearestRows } from './nearest-by-gram.js';

/** A row whose largest weight is below this is divided by it: it has no neighbour to whom it is near by the scale of both. */
const SMALLEST_WEIGHT = 1e-12;

/** Options of {@link selfTuningRows}. */
export interface SelfTuningOptions {
  /** Neighbours kept in each row. */
  readonly neighbours: number;
  /** Scales of the rows that the columns stand for, see {@link scalesOf}. */
  readonly scales: Float64Array;
}

/** Distance of each row to the last of its nearest rows; 0 where it has none. */
export function scalesOf({ count, columns, distances }: NearestRows): Float64Array {
  const rows = count === 0 ? 0 : columns.length / count;
  return Float64Array.from({ length: rows }, (_, i) => {
    let last = 0;
    for (let p = i * count; p < (i + 1) * count && columns[p]! >= 0; p++) last = distances[p]!;
    return Math.sqrt(last);
  });
}

/**
 * `exp(-D_ij / (s_i s_j))` of the nearest rows, each row divided by its largest weight.
 *
 * @param nearest - of `m` rows
 * @returns shape `[m, n]` with `n` scales, in `[0, 1]`
 */
export function selfTuningRows(
  nearest: NearestRows,
  { neighbours, scales }: SelfTuningOptions,
): CsrMatrix<Float32Array> {
  const { count, columns, distances } = nearest;
  const own = scalesOf(nearest);
  const builder = new CsrBuilder(own.length, scales.length);
  own.forEach((scale, i) => {
    const kept: { column: number; weight: number }[] = [];
    for (let p = i * count; p < i * count + Math.min(neighbours, count) && columns[p]! >= 0; p++) {
      const column = columns[p]!;
      kept.push({ column, weight: Math.exp(-distances[p]! / (scale * scales[column]!)) });
    }
    const largest = kept.reduce((most, { weight }) => Math.max(most, weight), SMALLEST_WEIGHT);
    for (const { column, weight } of kept.sort((a, b) => a.column - b.column))
      if (weight > 0) builder.push(column, weight / largest);
    builder.endRow();
  });
  return builder.build();
}
