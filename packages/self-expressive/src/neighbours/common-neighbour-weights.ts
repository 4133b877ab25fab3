import { CrossmodalError } from '@crossmodal/core';
import { equalWeights } from './equal-weights.js';
import { modalityPairs } from './modality-pairs.js';
import type { ModalityWeights } from './modality-weights.js';
import type { NearestNeighbours } from './search/neighbour-types.js';

/** A pair with less than this share of the largest weight has none: what is left of noise above chance is noise. */
const NEGLIGIBLE_SHARE = 0.05;

/**
 * Weighs modalities, without labels, by the neighbours that objects have in several of them.
 *
 * With `o` the mean share of neighbours that two modalities have in common and `c` the share that chance would give, the weight of a pair is
 * `max(0, o - c)`, divided by the sum over pairs; that of a modality is half the sum of its pairs. Where all objects are in both modalities,
 * `c = count / (n - 1)`. Otherwise neighbours that the other modality lacks are left out, since they cannot be common, and lists are
 * shortened with the number of objects that are in both.
 *
 * A modality of noise shares neighbours by chance alone and gets no weight; nor do pairs below a twentieth of the best. Where no pair does
 * better than chance, all weigh the same.
 *
 * @param lists - neighbours of the same objects in each modality, as {@link nearestNeighbours} finds them, with the same count
 * @throws CrossmodalError `shape` when lists differ in count or number of objects.
 * @example
 * ```ts
 * // Two modalities agree on who is near; the third disagrees.
 * const near = { count: 1, indices: Int32Array.of(1, 0, 3, 2, 5, 4) };
 * const far = { count: 1, indices: Int32Array.of(3, 4, 5, 0, 1, 2) };
 * commonNeighbourWeights([near, near, far]).modalities; // 0.5, 0.5, 0
 * ```
 */
export function commonNeighbourWeights(lists: readonly NearestNeighbours[]): ModalityWeights {
  checkLists(lists);
  const pairs = modalityPairs(lists.length);
  const raw = pairs.map(([v, u]) => Math.max(0, sharedBeyondChance(lists[v]!, lists[u]!)));
  const largest = Math.max(0, ...raw);
  if (largest === 0) return equalWeights(lists.length);
  const kept = raw.map((weight) => (weight < NEGLIGIBLE_SHARE * largest ? 0 : weight));
  const sum = kept.reduce((total, weight) => total + weight, 0);
  const weights = kept.map((weight) => weight / sum);
  const modalities = lists.map((_, v) =>
    pairs.reduce((total, pair, p) => total + (pair.includes(v) ? weights[p]! / 2 : 0), 0),
  );
  return { pairs: weights, modalities };
}

/** Share of common neighbours beyond that of chance, over the objects that have neighbours in both modalities. */
function sharedBeyondChance(a: NearestNeighbours, b: NearestNeighbours): number {
  const { count } = a;
  const n = count === 0 ? 0 : a.indices.length / count;
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

function checkLists(lists: readonly NearestNeighbours[]): void {
  const shapes = lists.map(({ count, indices }) => `${indices.length} indices in lists of ${count}`);
  const other = shapes.find((shape) => shape !== shapes[0]);
  if (other === undefined) return;
  throw new CrossmodalError({
    code: 'shape',
    where: 'commonNeighbourWeights lists',
    expected: `${shapes[0]} for every modality`,
    received: other,
  });
}
