import { CrossmodalError, parseOptions } from '@crossmodal/core';
import * as z from 'zod';
import type { CompleteDefinition, RecipeChoice, RecipeParts } from '../recipe/method-definition.js';
import type { MethodTypes } from '../recipe/method-types.js';
import type { StageChange } from '../recipe/overrides.js';
import type { Readout } from '../recipe/readout.js';
import type { OptionShape } from '../recipe/slot.js';
import { changeStages } from './change-stages.js';
import { checkTerms } from './check-terms.js';
import { checkPartNames, isOwnPart } from './own-parts.js';

/** A recipe, its options and overrides checked and complete. */
export interface ResolvedRecipe<M extends MethodTypes> extends RecipeParts<M> {
  readonly definition: CompleteDefinition<M>;
  /** Options as plain data, the names of the chosen parts among them. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly terms: readonly M['term'][];
  readonly parts: Partial<M['parts']>;
}

const PARTS = ['inputs', 'network', 'training', 'readout'] as const;

/**
 * Chooses the parts that options ask for, and checks the options of those parts alone: one that belongs to a part which was not chosen is unknown.
 *
 * @throws CrossmodalError `option` naming the first that is wrong or unknown.
 */
export function resolveRecipe<M extends MethodTypes>(
  definition: CompleteDefinition<M>,
  given: object,
): ResolvedRecipe<M> {
  const { creator, presets } = definition;
  const { plain, own } = splitOverrides(definition, given);
  const asked = plain['preset'];
  const known = typeof asked === 'string' && Object.hasOwn(presets, asked);
  const preset = presets[known ? asked : 'default']!;
  const named = Object.fromEntries(
    PARTS.map((part) => [part, chosenName(definition, part, plain[part], preset)]),
  ) as RecipeChoice;
  const chosen = partsOf(definition, named, own.readout);
  const shape = optionShape(definition, chosen, named);
  const replaces: Readonly<Record<string, readonly string[] | undefined>> = definition.replaces ?? {};
  // An option that an own part replaces means nothing.
  for (const part of Object.keys(own.parts))
    for (const name of [part, ...(replaces[part] ?? [])]) delete shape[name];
  const options: Readonly<Record<string, unknown>> = parseOptions(creator, z.strictObject(shape), plain);
  for (const slot of [definition, ...PARTS.map((part) => chosen[part])]) slot.check?.(options);
  const stages = changeStages(creator, chosen.training.stages, own.stages);
  if (own.terms.length > 0 && stages.length === 0) refuseTerms(creator);
  return {
    ...chosen,
    training: { ...chosen.training, stages },
    definition,
    options,
    terms: own.terms,
    parts: own.parts,
  };
}

function refuseTerms(creator: string): never {
  throw new CrossmodalError({
    code: 'option',
    where: `${creator} option 'terms'`,
    expected: 'a stage that trains',
    received: 'none, so that no term would be used',
  });
}

interface OwnParts<M extends MethodTypes> {
  readonly terms: readonly M['term'][];
  readonly stages: readonly StageChange<M>[];
  readonly readout: Readout<M['seen']> | undefined;
  readonly parts: Partial<M['parts']>;
}

/** What is plain data, and what is not. */
function splitOverrides<M extends MethodTypes>(
  { creator, parts = [], readout: alternatives }: CompleteDefinition<M>,
  given: object,
): { readonly plain: Readonly<Record<string, unknown>>; readonly own: OwnParts<M> } {
  const entries = Object.entries(parseOptions(creator, z.record(z.string(), z.unknown()), given));
  // An option that is undefined is one that was not given.
  const plain: Record<string, unknown> = Object.fromEntries(
    entries.filter(([, value]) => value !== undefined),
  );
  // One of the alternatives, given as a value, is the same as its name.
  const named = Object.keys(alternatives).find((name) => alternatives[name] === plain['readout']);
  if (named !== undefined) {
    delete plain['readout'];
    if (Object.keys(alternatives).length > 1) plain['readout'] = named;
  }
  const take = (name: string) => {
    const value = plain[name];
    delete plain[name];
    return value;
  };
  const listOf = (name: string): readonly unknown[] => {
    const value = take(name) ?? [];
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'object' && entry !== null))
      return value;
    throw new CrossmodalError({
      code: 'option',
      where: `${creator} option '${name}'`,
      expected: 'a list of objects',
      received: Array.isArray(value) ? 'a list of others' : typeof value,
    });
  };
  const terms = listOf('terms');
  checkTerms(creator, terms);
  const stages = listOf('stages');
  const readout = isOwnPart(plain['readout']) ? (take('readout') as Readout<M['seen']>) : undefined;
  // An option that takes a name as well as an own part is plain data where it is a name.
  const replaced = parts.filter((name) => typeof plain[name] === 'object' && plain[name] !== null);
  const own = Object.fromEntries(replaced.map((name) => [name, take(name)]));
  checkPartNames(creator, { ...own, ...(readout && { readout }) });
  return {
    plain,
    own: {
      terms: terms as readonly M['term'][],
      stages: stages as readonly StageChange<M>[],
      readout,
      parts: own as Partial<M['parts']>,
    },
  };
}

function chosenName<M extends MethodTypes>(
  definition: CompleteDefinition<M>,
  part: (typeof PARTS)[number],
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

function optionShape<M extends MethodTypes>(
  definition: CompleteDefinition<M>,
  chosen: RecipeParts<M>,
  named: RecipeChoice,
): Record<string, z.ZodType> {
  const names = (record: object) => Object.keys(record) as [string, ...string[]];
  const presets = names(definition.presets);
  const choices: Record<string, z.ZodType> =
    presets.length > 1 ? { preset: z.enum(presets).default('default') } : {};
  for (const part of PARTS) {
    const alternatives = names(definition[part]);
    const own = part === 'readout' && !Object.values(definition.readout).includes(chosen.readout);
    // A part without a choice needs no option, and one of the caller's own has no name among them.
    if (alternatives.length > 1 && !own) choices[part] = z.enum(alternatives).default(named[part]);
  }
  const shapes: (OptionShape | undefined)[] = [
    definition.options,
    ...PARTS.map((part) => chosen[part].options),
  ];
  return Object.assign(choices, ...shapes) as Record<string, z.ZodType>;
}
