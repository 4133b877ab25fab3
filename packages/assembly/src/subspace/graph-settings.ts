import {
  GRAPHS_F2,
  graphRecipes,
  ridgeFactor,
  type GraphRecipe,
  type GraphSet,
} from '@crossmodal/self-expressive';

/** Recipes, width and ridge factor of the graphs between samples. */
export interface GraphSettings {
  readonly recipes: readonly GraphRecipe[];
  readonly width: number;
  readonly ridgeFactor: number;
}

/** The preset of a fit and, in the default, what it says of graphs. */
export type GraphChoice =
  | { readonly preset: 'paper' }
  | {
      readonly preset: 'default';
      readonly graphs: GraphSet | readonly GraphRecipe[];
      readonly width: number;
      readonly ridgeReference: number;
    };

/**
 * Graph settings of a fit of `n` samples; a paper's preset, whose coefficients are trained, needs them for new samples only, and takes the simplest.
 */
export function graphSettings(choice: GraphChoice, n: number): GraphSettings {
  if (choice.preset === 'paper') return { recipes: GRAPHS_F2, width: 3, ridgeFactor: ridgeFactor(n, 4500) };
  const { graphs, width, ridgeReference } = choice;
  return { recipes: graphRecipes(graphs), width, ridgeFactor: ridgeFactor(n, ridgeReference) };
}
