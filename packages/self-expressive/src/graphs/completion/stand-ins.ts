import { gatherRows } from '@crossmodal/core';
import { readValues, tf, toTensor } from '@crossmodal/tensors';
import { CsrBuilder } from '../../affinity/csr-builder.js';
import { StrongestOfRow } from '../../affinity/strongest-of-row.js';
import type { Completion } from './completed-features.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';

/** Rows that stand in for an absent one: enough for a mean that is steady, few enough to lie in one cluster. */
const NEIGHBOURS = 10;
/** Rows compared at once. */
const BLOCK = 256;

/**
 * For each modality, the fitted rows that stand in for absent ones, as {@link completeModalities} weighs them; undefined where none is
 * absent.
 */
export function standIns(
  given: readonly KernelFeatures[],
  fitted: readonly KernelFeatures[],
): (Completion | undefined)[] {
  const n = fitted[0]!.features.rows;
  const absent = given.map(({ features, present }) =>
    Int32Array.from({ length: features.rows }, (_, i) => i).filter((i) => present?.[i] === 0),
  );
  const lacking = Int32Array.from(new Set(absent.flatMap((rows) => [...rows]))).sort();
  const builders = absent.map((rows) => new CsrBuilder(rows.length, n));
  const strongest = new StrongestOfRow(Math.min(NEIGHBOURS, n));
  for (let start = 0; start < lacking.length; start += BLOCK) {
    const rows = lacking.subarray(start, start + BLOCK);
    const similarities = similaritiesOf(rows, given, fitted);
    rows.forEach((i, r) => {
      builders.forEach((builder, v) => {
        if (given[v]!.present?.[i] !== 0) return;
        const { present } = fitted[v]!;
        strongest.clear();
        for (let j = 0; j < n; j++) {
          const similarity = similarities[r * n + j]!;
          if (similarity > strongest.floor && present?.[j] !== 0) strongest.offer(j, similarity);
        }
        endWeights(builder, strongest);
      });
    });
  }
  return absent.map((rows, v) => (rows.length === 0 ? undefined : { rows, weights: builders[v]!.build() }));
}

/** `sum_u <x_ui, x_uj>`, shape `[rows.length, n]`: modalities that either lacks add 0, as their rows are zero there. */
function similaritiesOf(
  rows: Int32Array,
  given: readonly KernelFeatures[],
  fitted: readonly KernelFeatures[],
): Float32Array {
  return readValues(() =>
    given
      .map(({ features }, v) => {
        const known = fitted[v]!.features;
        return tf.matMul(toTensor(gatherRows(features, rows)), toTensor(known), false, true);
      })
      .reduce((sum, product) => tf.add(sum, product)),
  );
}

/** Ends a row of weights: the picked similarities in ascending order of columns, divided by their sum. */
function endWeights(builder: CsrBuilder, { columns, sizes, count }: StrongestOfRow): void {
  let sum = 0;
  for (let p = 0; p < count; p++) sum += sizes[p]!;
  const order = Array.from({ length: count }, (_, p) => p).sort((p, q) => columns[p]! - columns[q]!);
  for (const p of order) builder.push(columns[p]!, sizes[p]! / sum);
  builder.endRow();
}
