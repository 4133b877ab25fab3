import { CrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from './array-value.js';
import { printable } from './describe-array.js';
import { followPath, longestName } from './follow-path.js';
import { summariseVariable } from './summarise-variable.js';
import type { VariableSummary } from './variable-summary.js';

/** What a variable is picked for. */
export type ArrayUse = 'features' | 'labels';

/** Variables that a message lists. */
const LISTED = 20;

/**
 * Picks one variable of a file, and decodes no other.
 *
 * A name may lead inside: `data.X` is field X of the struct `data`, `s(2).X` that of the second element of a struct array, `c{3}` the
 * third item of a cell array, and so on, `a.b(2).c{1,3}`. Elements count from 1; one number counts down the columns, as in MATLAB, and
 * several give one position per axis; `()` and `{}` mean the same. A variable whose own name is all of this, dots included, comes first.
 *
 * Without a name it is `data`, or the only variable there is, or the only one that can be meant: for `features` of the numeric arrays,
 * sparse matrices and cell arrays of these, for `labels` of the vectors of numbers or text, those of more than one element.
 *
 * @param use - what the variable is picked for, when no name says which. Default `features`
 * @throws CrossmodalError `not-found` when there is none of that name or path, or no name was given and several can be meant; the message
 * lists those in the file. What the variable's own decoding throws.
 */
export function selectArray(
  variables: ReadonlyMap<string, ArrayValue>,
  name?: string,
  where = 'selectArray',
  use: ArrayUse = 'features',
): ArrayValue {
  if (name === undefined) {
    const chosen = defaultName(variables, use);
    if (chosen !== undefined) return variables.get(chosen)!;
    const expected = `a variable name, as the file holds ${variables.size === 0 ? 'none' : 'several'}`;
    throw notFound(variables, where, expected);
  }
  const value = variables.get(name);
  if (value !== undefined) return value;
  const start = longestName(variables, name);
  if (start === undefined) throw notFound(variables, where, `a variable '${printable(name)}'`);
  return followPath(variables.get(start)!, start, name.slice(start.length), where);
}

function defaultName(variables: ReadonlyMap<string, ArrayValue>, use: ArrayUse): string | undefined {
  const names = [...variables.keys()];
  if (names.length === 1) return names[0];
  const candidates = names.filter((key) => {
    const summary = summariseVariable(variables, key);
    return summary !== undefined && (use === 'labels' ? mayBeLabels(summary) : mayBeFeatures(summary));
  });
  if (candidates.includes('data')) return 'data';
  if (candidates.length === 1) return candidates[0];
  return candidates.length === 0 && variables.has('data') ? 'data' : undefined;
}

function mayBeFeatures({ kind, shape = [], items }: VariableSummary): boolean {
  const isNumeric = (of: VariableSummary['kind'] | undefined) => of === 'array' || of === 'csr';
  if (kind === 'cell') return count(shape) > 0 && isNumeric(items);
  return isNumeric(kind) && count(shape) > 1;
}

function mayBeLabels({ kind, shape = [] }: VariableSummary): boolean {
  const isVector = shape.filter((size) => size > 1).length === 1 && count(shape) > 1;
  return isVector && ['array', 'integers', 'text', 'cell'].includes(kind);
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function notFound(
  variables: ReadonlyMap<string, ArrayValue>,
  where: string,
  expected: string,
): CrossmodalError {
  const listed: string[] = [];
  let hasStruct = false;
  for (const key of variables.keys()) {
    if (listed.length === LISTED) {
      listed.push(`${variables.size - LISTED} more`);
      break;
    }
    const { kind, description } = summariseVariable(variables, key)!;
    hasStruct ||= kind === 'struct';
    listed.push(`${printable(key)} (${description})`);
  }
  return new CrossmodalError({
    code: 'not-found',
    where,
    expected,
    received: listed.length === 0 ? 'a file without arrays' : listed.join(', '),
    advice: hasStruct ? 'Name one of these; a field of a struct is NAME.FIELD.' : 'Name one of these.',
  });
}
