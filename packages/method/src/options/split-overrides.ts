import { CrossmodalError, parseOptions } from '@crossmodal/core';
import * as z from 'zod';
import type { CompleteDefinition } from '../recipe/method-definition.js';
import type { MethodTypes } from '../recipe/method-types.js';
import type { StageChange } from '../recipe/overrides.js';
import type { Readout } from '../recipe/readout.js';
import { checkTerms } from './check-terms.js';
import { checkPartNames, isOwnPart } from './own-parts.js';

/** What a caller brings beside plain data. */
export interface OwnParts<M extends MethodTypes> {
  readonly terms: readonly M['term'][];
  readonly stages: readonly StageChange<M>[];
  readonly readout: Readout<M['seen']> | undefined;
  readonly parts: Partial<M['parts']>;
}

/**
 * Tells options that are plain data from terms, stages and parts of the caller's own.
 *
 * @throws CrossmodalError `option` when one of these has not the form of one, or two parts have one name.
 */
export function splitOverrides<M extends MethodTypes>(
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
