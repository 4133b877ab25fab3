import * as z from 'zod';
import {
  RECIPE_PARTS,
  type CompleteDefinition,
  type RecipeChoice,
  type RecipeParts,
} from '../recipe/method-definition.js';
import type { MethodTypes } from '../recipe/method-types.js';
import type { OptionShape } from '../recipe/slot.js';

/**
 * Schemas of the options of a recipe: those of its parts, and the choice among alternatives where there are several.
 *
 * @param replaced - names of the network parts that the caller replaces, whose options mean nothing
 */
export function optionShape<M extends MethodTypes>(
  definition: CompleteDefinition<M>,
  chosen: RecipeParts<M>,
  named: RecipeChoice,
  replaced: readonly string[],
): Record<string, z.ZodType> {
  const names = (record: object) => Object.keys(record) as [string, ...string[]];
  const presets = names(definition.presets);
  const choices: Record<string, z.ZodType> =
    presets.length > 1 ? { preset: z.enum(presets).default('default') } : {};
  for (const part of RECIPE_PARTS) {
    const alternatives = names(definition[part]);
    const own = part === 'readout' && !Object.values(definition.readout).includes(chosen.readout);
    // A part without a choice needs no option, and one of the caller's own has no name among them.
    if (alternatives.length > 1 && !own) choices[part] = z.enum(alternatives).default(named[part]);
  }
  const shapes: (OptionShape | undefined)[] = [
    definition.options,
    ...RECIPE_PARTS.map((part) => chosen[part].options),
  ];
  const shape = Object.assign(choices, ...shapes) as Record<string, z.ZodType>;
  const replaces: Readonly<Record<string, readonly string[] | undefined>> = definition.replaces ?? {};
  for (const part of replaced) for (const name of [part, ...(replaces[part] ?? [])]) delete shape[name];
  return shape;
}
