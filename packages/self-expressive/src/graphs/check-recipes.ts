import { checkInteger, CrossmodalError } from '@crossmodal/core';
import { checkWidth } from '../checks/check-width.js';
import type { GraphRecipe, NeighbourRecipe } from './graph-recipe.js';

/** Refuses no recipe at all, and signs, widths and numbers of neighbours that cannot be. @throws CrossmodalError `option`. */
export function checkRecipes(where: string, recipes: readonly GraphRecipe[], width: number): void {
  checkWidth(where, width);
  const refuse = (expected: string, received: string) =>
    new CrossmodalError({ code: 'option', where: `${where} option 'recipes'`, expected, received });
  if (recipes.length === 0) throw refuse('one recipe at least', 'none');
  for (const recipe of recipes) {
    if (recipe.kind === 'neighbours') {
      checkNeighbours(where, recipe);
      continue;
    }
    const { sign = 'both', width: own = width } = recipe;
    checkWidth(where, own);
    if (sign !== 'both' && sign !== 'positive') throw refuse("the sign 'both' or 'positive'", String(sign));
  }
}

function checkNeighbours(where: string, { neighbours, scale }: NeighbourRecipe): void {
  checkInteger(where, 'neighbours', neighbours, { minimum: 1 });
  checkInteger(where, 'scale', scale, { minimum: neighbours });
}
