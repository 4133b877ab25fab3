import type { GraphRecipe } from '@crossmodal/self-expressive';
import * as z from 'zod';

/** One graph of a consensus. */
export interface GraphSupport {
  /** How it is made. */
  readonly recipe: GraphRecipe;
  /** How far its partitions agree with those of the three graphs that agree most: a mean adjusted Rand index, 0 or more. */
  readonly support: number;
  /** Its weight, in `[0, 1]`; all of them sum to 1. */
  readonly weight: number;
}

/** Groups of fewer than seven samples that are far from all others in every modality. */
export interface IsolatedGroups {
  /** Samples of each. */
  readonly sizes: readonly number[];
  /** Whether each is a cluster of its own; where not, there are too few clusters, or the others are more clearly that many without them. */
  readonly apart: boolean;
}

/** What a model that clusters by a consensus of graphs reports. */
export interface GraphReport {
  /** One entry per graph; left out where graphs count alike. */
  readonly support?: readonly GraphSupport[];
  /** Groups of a few samples far from all others; left out where there are none. */
  readonly isolated?: IsolatedGroups;
}

/** Schema of {@link GraphReport}. */
export const graphReport: z.ZodType<GraphReport> = z.object({
  support: z
    .array(
      z.object({
        recipe: z.custom<GraphRecipe>((recipe) => typeof recipe === 'object' && recipe !== null),
        support: z.number().min(0).max(1),
        weight: z.number().min(0).max(1),
      }),
    )
    .readonly()
    .exactOptional(),
  isolated: z.object({ sizes: z.array(z.int().min(1)).readonly(), apart: z.boolean() }).exactOptional(),
});
