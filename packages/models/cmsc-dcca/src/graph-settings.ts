import { GRAPHS_F2, graphRecipes, ridgeFactor, type GraphRecipe } from '@crossmodal/self-expressive';
import type { ResolvedCmscDccaOptions } from './cmsc-dcca-options.js';

/** Recipes, width and ridge factor of the graphs between samples. */
export interface GraphSettings {
  readonly recipes: readonly GraphRecipe[];
  readonly width: number;
  readonly ridgeFactor: number;
}

/** Graph settings of a fit; the paper's preset needs them for new samples only, and takes the simplest. */
export function graphSettings(resolved: ResolvedCmscDccaOptions, n: number): GraphSettings {
  if (resolved.preset === 'paper') return { recipes: GRAPHS_F2, width: 3, ridgeFactor: ridgeFactor(n, 4500) };
  const { graphs, width, ridgeReference } = resolved;
  return { recipes: graphRecipes(graphs), width, ridgeFactor: ridgeFactor(n, ridgeReference) };
}
