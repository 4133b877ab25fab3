import { parseOptions } from '@crossmodal/core';
import * as z from 'zod';
import {
  RECIPE_PARTS,
  type CompleteDefinition,
  type RecipeChoice,
  type RecipeParts,
} from '../recipe/method-definition.js';
import type { MethodTypes } from '../recipe/method-types.js';
import type { Readout } from '../recipe/readout.js';
import { changeStages } from './change-stages.js';
import { checkNeeds } from './check-needs.js';
import { checkTermTargets } from './check-term-targets.js';
import { optionShape } from './option-shape.js';
import { splitOverrides } from './split-overrides.js';
import { withoutUnused } from './without-unused.js';

/** Options as plain data. */
type Options = Readonly<Record<string, unknown>>;

/** A recipe, its options and overrides checked and complete. */
export interface ResolvedRecipe<M extends MethodTypes> extends RecipeParts<M> {
  readonly definition: CompleteDefinition<M>;
  /** Options as plain data, the names of the chosen parts among them. */
  readonly options: Options;
  /** Their schemas. */
  readonly shape: Readonly<Record<string, z.ZodType>>;
  readonly terms: readonly M['term'][];
  readonly parts: Partial<M['parts']>;
}

/**
 * Chooses the parts that options ask for, and checks the options of those parts alone: one that belongs to a part which was not chosen is unknown.
 *
 * @param saved - whether the options are those of a saved model, whose meaningless ones are dropped and not refused
 * @throws CrossmodalError `option` naming the first that is wrong or unknown.
 */
export function resolveRecipe<M extends MethodTypes>(
  definition: CompleteDefinition<M>,
  given: object,
  { saved = false }: { readonly saved?: boolean } = {},
): ResolvedRecipe<M> {
  const { creator, presets } = definition;
  const { plain, own } = splitOverrides(definition, given);
  const asked = plain['preset'];
  const known = typeof asked === 'string' && Object.hasOwn(presets, asked);
  const preset = presets[known ? asked : 'default']!;
  const named = Object.fromEntries(
    RECIPE_PARTS.map((part) => [part, chosenName(definition, part, plain[part], preset)]),
  ) as RecipeChoice;
  const chosen = partsOf(definition, named, own.readout);
  const shape = optionShape(definition, chosen, named, Object.keys(own.parts));
  const slots = [definition, ...RECIPE_PARTS.map((part) => chosen[part])];
  const parsed = parseOptions(creator, z.strictObject(shape), plain);
  const options = withoutUnused(creator, slots, parsed, saved ? {} : { ...plain, ...own.parts });
  for (const slot of slots) slot.check?.(options);
  checkNeeds(definition, chosen, options);
  const stages = changeStages(creator, chosen.training.stages, own.stages);
  checkTermTargets(creator, own.terms, stages, options);
  return {
    ...chosen,
    training: { ...chosen.training, stages },
    definition,
    options,
    shape,
    terms: own.terms,
    parts: own.parts,
  };
}

function chosenName<M extends MethodTypes>(
  definition: CompleteDefinition<M>,
  part: keyof RecipeChoice,
  asked: unknown,
  preset: RecipeChoice,
): string {
  return typeof asked === 'string' && Object.hasOwn(definition[part], asked) ? asked : preset[part];
}

function partsOf<M extends MethodTypes>(
  { inputs, network, training, readout }: CompleteDefinition<M>,
  named: RecipeChoice,
  own: Readout<M['seen']> | undefined,
): RecipeParts<M> {
  return {
    inputs: inputs[named.inputs]!,
    network: network[named.network]!,
    training: training[named.training]!,
    readout: own ?? readout[named.readout]!,
  };
}
