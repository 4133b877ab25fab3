import type { NearestNeighbours } from '@crossmodal/self-expressive';

/** How much modalities have in common, measured without labels. */
export interface SharedStructure {
  /** Weight of each pair `[v, u]`, v < u, in the order of {@link pairsOf}; the sum is 1. */
  readonly pairs: readonly number[];
  /** Weight of each modality, half the sum of its pairs'; the sum is 1. */
  readonly modalities: readonly number[];
}

/** A pair with less than this share of the largest weight has none: what is left of noise above chance is noise. */
const NEGLIGIBLE_SHARE = 0.05;

/** Every pair of modalities, `[0, 1]`, `[0, 2]`, ..., `[1, 2]`, ... */
export function pairsOf(modalities: number): readonly (readonly [number, number])[] {
  return Array.from({ length: modalities }, (_, v) =>
    Array.from({ length: modalities - v - 1 }, (__, u) => [v, v + 1 + u] as const),
  ).flat();
}

/** All pairs and all modalities alike. */
export function evenStructure(modalities: number): SharedStructure {
  const pairs = pairsOf(modalities);
  return {
    pairs: pairs.map(() => 1 / pairs.length),
    modalities: Array.from({ length: modalities }, () => 1 / modalities),
  };
}

/**
 * Weighs pairs of modalities by the neighbours that objects have in both: with `o` the mean share of common ones and `c` that of chance,
 * `w = max(0, o - c)`, divided by the sum. Where all objects are in both modalities, `c = count / (n - 1)`; otherwise neighbours that the other
 * modality lacks are left out, since they cannot be common, and lists are shortened with the number of objects that are in both.
 *
 * A modality of noise shares neighbours by chance alone, and gets no weight; so do pairs below a twentieth of the best. Where no pair does better than chance all weigh the same.
 */
export function sharedStructure(lists: readonly NearestNeighbours[], n: number): SharedStructure {
  const pairs = pairsOf(lists.length);
  const raw = pairs.map(([v, u]) => Math.max(0, excess(lists[v]!, lists[u]!, n)));
  const largest = Math.max(0, ...raw);
  if (largest === 0) return evenStructure(lists.length);
  const kept = raw.map((weight) => (weight < NEGLIGIBLE_SHARE * largest ? 0 : weight));
  const sum = kept.reduce((total, weight) => total + weight, 0);
  const weights = kept.map((weight) => weight / sum);
  const modalities = lists.map((_, v) =>
    pairs.reduce((total, pair, p) => total + (pair.includes(v) ? weights[p]! / 2 : 0), 0),
  );
  return { pairs: weights, modalities };
}

/** Share of common neighbours beyond that of chance, over the objects that have neighbours in both modalities. */
function excess(a: NearestNeighbours, b: NearestNeighbours, n: number): number {
  const { count } = a;
  const known = ({ indices }: NearestNeighbours, i: number) => indices[i * count]! >= 0;
  const both = Array.from({ length: n }, (_, i) => known(a, i) && known(b, i));
  const objects = both.filter(Boolean).length;
  // As near among fewer objects as so many are among all.
  const nearest = Math.max(1, Math.round((count * objects) / n));
  let common = 0;
  let possible = 0;
  let byChance = 0;
  for (let i = 0; i < n; i++) {
    if (!both[i]) continue;
    const [first, second] = [a, b].map(({ indices }) =>
      indices
        .subarray(i * count, (i + 1) * count)
        .filter((j) => j >= 0 && both[j])
        .subarray(0, nearest),
    ) as [Int32Array, Int32Array];
    for (const j of first) if (second.includes(j)) common++;
    possible += (first.length + second.length) / 2;
    byChance += (first.length * second.length) / Math.max(1, objects - 1);
  }
  if (possible === 0) return 0;
  // Of complete lists chance is a constant, whose sum would round.
  const chance = objects === n ? count / Math.max(1, n - 1) : byChance / possible;
  return common / possible - chance;
}
