import {
  affinityRoute,
  consensusGraphsSchema,
  graphRecipes,
  GRAPHS_N5,
  ridgeFactor,
  type GraphRecipe,
} from '@crossmodal/self-expressive';
import * as z from 'zod';
import type { ResolvedOptions } from '../recipe/slot.js';

/** Schema of the option `width`, shared by everything that lifts latents. */
export const widthOption = z.number().positive().default(3);
/** Schema of the option `ridgeReference`, shared likewise. */
export const ridgeReferenceOption = z.number().positive().default(4500);

/** Options of a readout by self-expression graphs, with the defaults of `exact`. */
export const graphOptions = {
  /** Graphs whose mean (`R`, `F2`, recipes of your own) or consensus (`C5`) is the affinity. @defaultValue 'R' */
  graphs: consensusGraphsSchema.default('R'),
  /** Width of the Gaussian lift, in median squared distances. @defaultValue 3 */
  width: widthOption,
  /** Samples up to which ridges hold; beyond, they grow. @defaultValue 4500 */
  ridgeReference: ridgeReferenceOption,
  /**
   * `dense`: coefficients of all pairs, exactly, in memory of the order of n^2; `sparse`: the strongest coefficients of each sample alone, in
   * memory of the order of n, with kernels by landmarks; `auto`: dense while that fits into `memory`.
   *
   * @defaultValue 'auto'
   */
  route: z.enum(['auto', 'dense', 'sparse']).default('auto'),
  /** Bytes that `auto` lets dense graphs take, 32 n^2. @defaultValue 2^30, 5,792 samples */
  memory: z
    .number()
    .min(1)
    .default(2 ** 30),
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
  readonly route: 'dense' | 'sparse';
}

/** The options on which {@link GraphSettings} rest; routes as by default where left out. */
export type GraphOptionsBySize = Pick<GraphOptions, 'graphs' | 'width' | 'ridgeReference'> &
  Partial<Pick<GraphOptions, 'route' | 'memory'>>;

/**
 * Graph settings of a fit of `n` samples.
 *
 * @param places - whether the rows of all latents are places. A set of recipes that is named, and whose graphs would be dense, gives way to
 * {@link GRAPHS_N5} then; recipes of the user's own never do. @defaultValue false
 */
export function graphSettings(
  { graphs, width, ridgeReference, ...routing }: GraphOptionsBySize,
  n: number,
  places = false,
): GraphSettings {
  const named = graphRecipes(graphs);
  // Neighbours by all pairs have no sparse route yet.
  const pairs = named.some(({ kind }) => kind === 'neighbours') && routing.route !== 'sparse';
  const route = pairs ? 'dense' : affinityRoute(n, routing);
  const recipes = places && typeof graphs === 'string' && route === 'dense' ? GRAPHS_N5 : named;
  return { recipes, width, ridgeFactor: ridgeFactor(n, ridgeReference), route };
}
