import { parseOptions } from '@crossmodal/core';
import { graphRecipes, graphsSchema, type GraphRecipe, type GraphSet } from '@crossmodal/self-expressive';
import { z } from 'zod';

const schema = z.strictObject({
  graphs: graphsSchema.default('R'),
  hog: z.union([z.boolean(), z.array(z.string())]).default(false),
  width: z.number().positive().default(3),
  ridgeReference: z.number().positive().default(4500),
  extraEigenvectors: z.int().min(0).optional(),
  bandwidth: z.number().min(0).default(0.5),
  restarts: z.int().min(1).default(30),
});

/** Options of {@link createExact}. */
export interface ExactOptions {
  /**
   * Which graphs are averaged: `R`, four of them, the safer choice; `F2`, one, the faster one, and the better one on images with
   * HOG; or recipes of your own.
   *
   * @defaultValue 'R'
   */
  readonly graphs?: GraphSet | readonly GraphRecipe[];
  /**
   * Adds histograms of oriented gradients as a modality: of every image modality (`true`), or of those named. Use them in place of an edge
   * map, not beside it. An empty list adds none.
   *
   * @defaultValue false
   */
  readonly hog?: boolean | readonly string[];
  /** Width of the Gaussian lift, in median squared distances. @defaultValue 3 */
  readonly width?: number;
  /**
   * Samples up to which the ridges hold, as they were measured; beyond, `rho = ridge * (1 + (n - ridgeReference) / 2000)`: 33.75
   * times at 70,000, where 35 times was measured to be good.
   *
   * @defaultValue 4500
   */
  readonly ridgeReference?: number;
  /** Eigenvectors of the embedding beyond the number of clusters. @defaultValue 12, and 8 for `F2` */
  readonly extraEigenvectors?: number;
  /** Decay of the heat weights of the embedding. @defaultValue 0.5 */
  readonly bandwidth?: number;
  /** Starts of k-means, of which the one with the lowest inertia is kept. @defaultValue 30 */
  readonly restarts?: number;
}

/** {@link ExactOptions} with every default filled in. */
export interface ResolvedExactOptions {
  readonly graphs: GraphSet | readonly GraphRecipe[];
  readonly hog: boolean | readonly string[];
  readonly width: number;
  readonly ridgeReference: number;
  readonly extraEigenvectors: number;
  readonly bandwidth: number;
  readonly restarts: number;
}

/**
 * Checks options and fills in the defaults.
 *
 * @throws CrossmodalError `option` naming the first that is wrong or unknown.
 */
export function resolveExactOptions(options: ExactOptions): ResolvedExactOptions {
  const { extraEigenvectors, ...parsed } = parseOptions('createExact', schema, options);
  return { ...parsed, extraEigenvectors: extraEigenvectors ?? (parsed.graphs === 'F2' ? 8 : 12) };
}

/** The recipes that the option `graphs` stands for. */
export function recipesOf({ graphs }: ResolvedExactOptions): readonly GraphRecipe[] {
  return graphRecipes(graphs);
}
