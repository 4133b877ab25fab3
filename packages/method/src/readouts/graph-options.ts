import {
  graphRecipes,
  graphsSchema,
  ridgeFactor,
  type GraphRecipe,
  type GraphSet,
} from '@crossmodal/self-expressive';
import { z } from 'zod';

/** Options of a readout by self-expression graphs. */
export interface GraphOptions {
  /** Graphs whose mean is the affinity: the name of a set, or recipes. */
  readonly graphs: GraphSet | readonly GraphRecipe[];
  /** Width of the Gaussian lift, in median squared distances. */
  readonly width: number;
  /** Samples up to which ridges hold; beyond, they grow. */
  readonly ridgeReference: number;
  /** Eigenvectors of the embedding beyond the number of clusters. */
  readonly extraEigenvectors: number;
  /** Decay of the heat weights of the embedding. */
  readonly bandwidth: number;
  /** Starts of k-means. */
  readonly restarts: number;
}

/** Schema of the option `width`, shared by everything that lifts latents. */
export const widthOption = z.number().positive().default(3);
/** Schema of the option `ridgeReference`, shared likewise. */
export const ridgeReferenceOption = z.number().positive().default(4500);

/** Schemas of {@link GraphOptions}, with the defaults of a method. */
export function graphOptions(defaults: Pick<GraphOptions, 'graphs' | 'bandwidth' | 'restarts'>) {
  return {
    graphs: graphsSchema.default(defaults.graphs as GraphSet),
    width: widthOption,
    ridgeReference: ridgeReferenceOption,
    extraEigenvectors: z.int().min(0).default(12),
    bandwidth: z.number().min(0).default(defaults.bandwidth),
    restarts: z.int().min(1).default(defaults.restarts),
  };
}

/** Recipes, width and ridge factor of the graphs between samples. */
export interface GraphSettings {
  readonly recipes: readonly GraphRecipe[];
  readonly width: number;
  readonly ridgeFactor: number;
}

/** Graph settings of a fit of `n` samples. */
export function graphSettings(
  { graphs, width, ridgeReference }: Pick<GraphOptions, 'graphs' | 'width' | 'ridgeReference'>,
  n: number,
): GraphSettings {
  return { recipes: graphRecipes(graphs), width, ridgeFactor: ridgeFactor(n, ridgeReference) };
}
