import { CrossmodalError } from '@crossmodal/core';
import { describeArray, type ArrayValue } from './array-value.js';

/**
 * Picks one variable of a file: the one named, or without a name `data`, or the only one there is.
 *
 * @throws CrossmodalError `not-found` when there is none of that name, or no name was given and there are several; the
 * message lists those in the file.
 */
export function selectArray(
  variables: ReadonlyMap<string, ArrayValue>,
  name?: string,
  where = 'selectArray',
): ArrayValue {
  const only = variables.size === 1 ? [...variables.values()][0] : undefined;
  const value = name === undefined ? (variables.get('data') ?? only) : variables.get(name);
  if (value !== undefined) return value;
  const listed = [...variables].slice(0, 20).map(([key, item]) => `${key} (${describeArray(item)})`);
  throw new CrossmodalError({
    code: 'not-found',
    where,
    expected: name === undefined ? 'a variable name, as the file holds several' : `a variable '${name}'`,
    received: listed.length === 0 ? 'an empty file' : listed.join(', '),
    advice: 'Name one of these.',
  });
}
