import { gatherRows, type RandomSource } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';
import { medianOfPairs } from '../../kernels/median-squared-distance.js';
import { presentRows } from '../completion/present-rows.js';
import type { KernelFeatures } from '../kernels/kernel-features.js';

/** Rows of which all pairs are looked at: two million pairs, whose median is within a thousandth of the quantile that is meant. */
const ROWS = 2048;

/** Median squared distance over all pairs of some present rows, drawn where there are more than 2,048: up to then it is that of all pairs. */
export function sampledMedian(modality: KernelFeatures, random: RandomSource): number {
  const present = presentRows(modality);
  const drawn = random.permutation(present.length).slice(0, ROWS).sort();
  const sample = gatherRows(
    modality.features,
    drawn.map((p) => present[p]!),
  );
  const m = sample.rows;
  const gram = backendProduct(sample, sample, { transposeB: true }).values;
  const distances = new Float32Array((m * (m - 1)) / 2);
  let to = 0;
  for (let a = 0; a < m; a++) {
    const own = gram[a * m + a]!;
    for (let b = a + 1; b < m; b++)
      distances[to++] = Math.max(own + gram[b * m + b]! - 2 * gram[a * m + b]!, 0);
  }
  return medianOfPairs(distances);
}
