import type { CoefficientRecipe, GraphRecipe } from './graph-recipe.js';

/** Whether a recipe is of one graph of all modalities together. */
export function isJoint(recipe: GraphRecipe): recipe is CoefficientRecipe & { readonly scope: 'joint' } {
  return recipe.kind !== 'neighbours' && recipe.scope === 'joint';
}
