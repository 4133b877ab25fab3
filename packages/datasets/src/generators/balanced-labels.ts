import type { RandomSource } from '@crossmodal/core';

/** Labels `0..clusters-1` in random order, cluster sizes equal or one apart. */
export function balancedLabels(n: number, clusters: number, random: RandomSource): Int32Array {
  return random.permutation(n).map((place) => place % clusters);
}
