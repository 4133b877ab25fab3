import type { RandomSource } from '@crossmodal/core';

/**
 * Replaces rows `[n, d]` in place by `tanh(W x)`, `W` a random matrix `[d, d]` of variance `1 / d`: a smooth bend that
 * keeps neighbours together.
 */
export function tanhLayer(values: Float64Array, d: number, random: RandomSource): void {
  const weights = Float64Array.from({ length: d * d }, () => random.normal() / Math.sqrt(d));
  const row = new Float64Array(d);
  for (let start = 0; start < values.length; start += d) {
    row.set(values.subarray(start, start + d));
    for (let j = 0; j < d; j++) {
      let sum = 0;
      for (let k = 0; k < d; k++) sum += weights[j * d + k]! * row[k]!;
      values[start + j] = Math.tanh(sum);
    }
  }
}
