import type { RandomSource } from '@crossmodal/core';

/** How many values a weight reads and feeds, which decides the scale of its start. */
export interface Fans {
  /** Inputs that one output unit sums over. */
  readonly fanIn: number;
  /** Outputs that one input unit feeds. */
  readonly fanOut: number;
}

/**
 * Draws the start values of a weight of the given shape, row-major; the source decides every value.
 *
 * Two calls on one source differ, because a draw advances it.
 */
export type Initialiser = (shape: readonly number[], fans: Fans, random: RandomSource) => Float32Array;
