import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import type { NearestNeighbours } from './search/neighbour-types.js';

/** A walk of so many steps from an object; where it ends is an object that is likely of the same cluster. */
export type NeighbourWalk = (object: number, length: number, random: RandomSource) => number;

/**
 * A random walk over the neighbours of all modalities: each step goes by modality v with the probability of its weight, among those in which
 * the object has neighbours, to one of its neighbours there. An object without any stays where it is.
 *
 * Long walks stay inside dense clusters and reach all of them; short ones keep to what is near for sure.
 *
 * @param lists - neighbours of the same objects in each modality, as {@link nearestNeighbours} finds them
 * @param weights - of each modality, 0 or more
 * @throws CrossmodalError `shape` when there is not one weight a modality.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const circle = { count: 1, indices: Int32Array.of(1, 2, 3, 4, 0) };
 * const walk = neighbourWalk([circle], [1]);
 * console.log(walk(2, 4, randomSource(1))); // 1
 * ```
 */
export function neighbourWalk(
  lists: readonly NearestNeighbours[],
  weights: readonly number[],
): NeighbourWalk {
  if (weights.length !== lists.length) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'neighbourWalk weights',
      expected: `${lists.length} weights, one a modality`,
      received: String(weights.length),
    });
  }
  const known = lists.map(knownCounts);
  const step = (from: number, random: RandomSource): number => {
    const draw = random.uniform();
    const place = random.uniform();
    let reachable = 0;
    for (let v = 0; v < lists.length; v++) if (known[v]![from]! > 0) reachable += weights[v]!;
    let left = draw * reachable;
    for (let v = 0; v < lists.length; v++) {
      const own = known[v]![from]!;
      if (own > 0 && (left -= weights[v]!) < 0) {
        const { count, indices } = lists[v]!;
        return indices[from * count + Math.floor(place * own)]!;
      }
    }
    return from;
  };
  return (object, length, random) => {
    let at = object;
    for (let taken = 0; taken < length; taken++) at = step(at, random);
    return at;
  };
}

/** Neighbours of each object, without what fills its list. */
function knownCounts({ count, indices }: NearestNeighbours): Int32Array {
  const known = new Int32Array(count === 0 ? 0 : indices.length / count);
  for (let i = 0; i < known.length; i++) {
    while (known[i]! < count && indices[i * count + known[i]!] !== -1) known[i]!++;
  }
  return known;
}
