import {
  affinityPlan,
  candidateCount,
  consensusGraphsSchema,
  graphRecipes,
  GRAPHS_N5,
  ridgeFactor,
  type AffinityPlan,
  type GraphRecipe,
} from '@crossmodal/self-expressive';
import * as z from 'zod';
import { areAllPlaces, type PreparedLatent } from './seen-latents.js';
import type { ResolvedOptions } from '../recipe/slot.js';

/** Schema of the option `width`, shared by everything that lifts latents. */
export const widthOption = z.number().positive().default(3);
/** Schema of the option `ridgeReference`, shared likewise. */
export const ridgeReferenceOption = z.number().positive().default(4500);

/** Options of a readout by self-expression graphs, with the defaults of `dmsc` and `cmsc-dcca`. */
export const graphOptions = {
  /** Graphs whose mean (`R`, `F2`, recipes of your own) or consensus (`C5`) is the affinity. @defaultValue 'R' */
  graphs: consensusGraphsSchema.default('R'),
  /** Width of the Gaussian lift, in median squared distances. @defaultValue 3 */
  width: widthOption,
  /** Samples up to which ridges hold; beyond, they grow. @defaultValue 4500 */
  ridgeReference: ridgeReferenceOption,
  /**
   * `dense`: coefficients of all pairs, exactly, in memory of the order of n^2; `sparse`: the strongest coefficients of each sample alone, in
   * memory of the order of n, with kernels by landmarks; `approximate`: the strongest among the {@link CANDIDATES} samples nearest to it in each
   * modality; `auto`: dense while that fits into `memory`, then sparse, and approximate beyond 12,000 samples.
   *
   * @defaultValue 'auto'
   */
  route: z.enum(['auto', 'dense', 'sparse', 'approximate']).default('auto'),
  /**
   * Bytes that graphs may take beside the features. What cannot fit is refused before it begins.
   *
   * @defaultValue 2^30 for dense graphs, 5,792 samples, and no limit for the others
   */
  memory: z.number().min(1).exactOptional(),
  /** Eigenvectors of the embedding beyond the number of clusters. @defaultValue 12 */
  extraEigenvectors: z.int().min(0).default(12),
  /** Decay of the heat weights of the embedding. @defaultValue 0.5 */
  bandwidth: z.number().min(0).default(0.5),
  /** Starts of k-means, of which the one with the lowest inertia is kept. @defaultValue 30 */
  restarts: z.int().min(1).default(30),
};

/** {@link graphOptions}, checked and complete. */
export type GraphOptions = ResolvedOptions<typeof graphOptions>;

/** Recipes, width and ridge factor of the graphs between samples. */
export interface GraphSettings {
  readonly recipes: readonly GraphRecipe[];
  readonly width: number;
  readonly ridgeFactor: number;
  readonly plan: AffinityPlan;
}

/** The options on which {@link GraphSettings} rest; routes as by default where left out. */
export type GraphOptionsBySize = Pick<GraphOptions, 'graphs' | 'width' | 'ridgeReference'> &
  Partial<Pick<GraphOptions, 'route' | 'memory'>>;

/**
 * Graph settings of a fit. Where the rows of all latents are places, a set of recipes that is named gives way to {@link GRAPHS_N5}; recipes of the
 * user's own never do.
 *
 * @param latents - of the training samples
 * @throws CrossmodalError `option` when the graphs do not fit into the memory that is given.
 */
export function graphSettings(
  { graphs, width, ridgeReference, route, memory }: GraphOptionsBySize,
  latents: readonly PreparedLatent[],
): GraphSettings {
  const n = latents[0]!.features.rows;
  const recipes = areAllPlaces(latents) && typeof graphs === 'string' ? GRAPHS_N5 : graphRecipes(graphs);
  return {
    recipes,
    width,
    ridgeFactor: ridgeFactor(n, ridgeReference),
    plan: affinityPlan(
      { n, columns: latents.map(({ features }) => features.columns), recipes },
      { ...(route === undefined ? {} : { route }), memory },
    ),
  };
}

/** What a route other than the dense one leaves out. */
export function sparseSize({ plan: { route }, recipes }: Pick<GraphSettings, 'plan' | 'recipes'>): {
  readonly candidates?: number;
} {
  return route === 'approximate' ? { candidates: candidateCount(recipes) } : {};
}
