import type { MethodTypes } from '../recipe/method-types.js';
import { namesOfParts, type OwnPartNames } from './own-parts.js';
import type { ResolvedRecipe } from './resolve-recipe.js';

/** Names of the caller's own parts in a recipe, by option. */
export function ownPartsOf<M extends MethodTypes>({
  definition,
  readout,
  parts,
}: Pick<ResolvedRecipe<M>, 'definition' | 'readout' | 'parts'>): OwnPartNames {
  const own = !Object.values(definition.readout).includes(readout);
  return namesOfParts({ ...parts, ...(own ? { readout } : {}) });
}
