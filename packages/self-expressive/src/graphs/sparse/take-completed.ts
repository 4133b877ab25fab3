import { gatherRows } from '@crossmodal/core';
import { CsrBuilder } from '../../affinity/csr-builder.js';
import type { CompletedFeatures } from '../completion/completed-features.js';

/** Some rows of completed features, with the stand-ins of those that are absent. */
export function takeCompleted(modality: CompletedFeatures, rows: Int32Array): CompletedFeatures {
  const { features, present, completion } = modality;
  const taken = gatherRows(features, rows);
  if (present === undefined) return { features: taken };
  const own = { features: taken, present: Uint8Array.from(rows, (i) => present[i]!) };
  if (completion === undefined) return own;
  const placeOf = new Map(Array.from(completion.rows, (i, a) => [i, a]));
  const absent = Int32Array.from(rows.keys()).filter((r) => placeOf.has(rows[r]!));
  const { rowOffsets, columnIndices, values, columns } = completion.weights;
  const weights = new CsrBuilder(absent.length, columns);
  for (const r of absent) {
    const a = placeOf.get(rows[r]!)!;
    for (let p = rowOffsets[a]!; p < rowOffsets[a + 1]!; p++) weights.push(columnIndices[p]!, values[p]!);
    weights.endRow();
  }
  return { ...own, completion: { rows: absent, weights: weights.build() } };
}
