import type { DenseMatrix } from '@crossmodal/core';
import { checkPresence } from './fitted-transform.js';

/** Writes one mapped row into `target`; `source` is a scratch copy that may be changed. */
export type RowMap = (source: Float64Array, target: Float32Array) => void;

/**
 * Maps every present row of `[n, d]` on its own and gives `[n, columns]`; absent rows stay zero.
 *
 * Each row is widened to 64 bits first, so that a chain of steps rounds to 32 bits once.
 */
export function mapRows(
  where: string,
  features: DenseMatrix,
  columns: number,
  map: RowMap,
  present?: Uint8Array,
): DenseMatrix<Float32Array> {
  checkPresence(where, features, present);
  const { rows, columns: d } = features;
  const values = new Float32Array(rows * columns);
  const source = new Float64Array(d);
  for (let i = 0; i < rows; i++) {
    if (present && present[i] === 0) continue;
    source.set(features.values.subarray(i * d, (i + 1) * d));
    map(source, values.subarray(i * columns, (i + 1) * columns));
  }
  return { kind: 'dense', rows, columns, values };
}
