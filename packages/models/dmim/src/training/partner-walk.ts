import type { RandomSource } from '@crossmodal/core';
import type { Fit } from '@crossmodal/method';
import { neighbourWalk } from '@crossmodal/self-expressive';
import type { DmimTypes } from '../types.js';

/**
 * Partners at the end of a random walk over the neighbours in all modalities; none where objects have no neighbours.
 *
 * @param length - steps of the walk, at each step of the training
 */
export function partnerWalk(
  { samples, structure: { neighbours } }: Pick<Fit<DmimTypes>, 'samples' | 'structure'>,
  length: (step: number) => number,
): ((row: number, step: number, random: RandomSource) => number) | undefined {
  if (neighbours === undefined) return undefined;
  const walk = neighbourWalk(
    neighbours,
    samples.map(({ weight }) => weight),
  );
  return (row, step, random) => walk(row, length(step), random);
}
