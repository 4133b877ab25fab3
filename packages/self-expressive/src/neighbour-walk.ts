import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import type { NearestNeighbours } from './nearest-neighbours.js';

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
  const step = (from: number, random: RandomSource): number => {
    const draw = random.uniform();
    const place = random.uniform();
    const known = lists.map((list) => knownOf(list, from));
    const reachable = known.map(({ length }, v) => (length === 0 ? 0 : weights[v]!));
    let left = draw * reachable.reduce((sum, weight) => sum + weight, 0);
    const own = known[reachable.findIndex((weight) => (left -= weight) < 0)];
    return own === undefined ? from : own[Math.floor(place * own.length)]!;
  };
  return (object, length, random) => {
    let at = object;
    for (let taken = 0; taken < length; taken++) at = step(at, random);
    return at;
  };
}

/** The neighbours of an object, without what fills its list. */
function knownOf({ count, indices }: NearestNeighbours, object: number): Int32Array {
  const own = indices.subarray(object * count, (object + 1) * count);
  const end = own.indexOf(-1);
  return end < 0 ? own : own.subarray(0, end);
}
