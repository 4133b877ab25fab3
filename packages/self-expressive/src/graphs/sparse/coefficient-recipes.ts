import { CrossmodalError } from '@crossmodal/core';
import type { CoefficientRecipe, GraphRecipe } from '../graph-recipe.js';

/**
 * Recipes of coefficients alone, which the sparse route knows.
 *
 * @throws CrossmodalError `unsupported` when one is of neighbours.
 */
export function coefficientRecipes(where: string, recipes: readonly GraphRecipe[]): CoefficientRecipe[] {
  return recipes.map((recipe) => {
    if (recipe.kind !== 'neighbours') return recipe;
    throw new CrossmodalError({
      code: 'unsupported',
      where,
      expected: 'graphs of self-expressive coefficients on the sparse route',
      received: 'one of nearest neighbours',
      advice: "Use the dense route, or graphs 'R' or 'F2'.",
    });
  });
}
