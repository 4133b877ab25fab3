import type { RandomSource } from '@crossmodal/core';
import type { NeighbourLists } from './nearest-neighbours.js';

/** Draws a partner of an object that is likely of its cluster. */
export type NeighbourWalk = (object: number, length: number, random: RandomSource) => number;

/**
 * A random walk over the neighbours of all modalities: each step goes by modality v with the probability of its weight, among those in which
 * the object is present, to one of its neighbours there.
 *
 * Long walks stay inside dense clusters and reach all of them; short ones keep to what is near for sure.
 */
export function neighbourWalk(lists: readonly NeighbourLists[], weights: readonly number[]): NeighbourWalk {
  const step = (from: number, random: RandomSource): number => {
    const draw = random.uniform();
    const place = random.uniform();
    const reachable = lists.map(({ rows, count }, v) => (rows[from * count]! < 0 ? 0 : weights[v]!));
    let left = draw * reachable.reduce((sum, weight) => sum + weight, 0);
    const by = reachable.findIndex((weight) => (left -= weight) < 0);
    const list = lists[by];
    if (list === undefined) return from;
    const own = list.rows.subarray(from * list.count, (from + 1) * list.count);
    const known = own.indexOf(-1) < 0 ? own.length : own.indexOf(-1);
    return own[Math.floor(place * known)]!;
  };
  return (object, length, random) => {
    let at = object;
    for (let taken = 0; taken < length; taken++) at = step(at, random);
    return at;
  };
}
