import { isCrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from './array-value.js';
import { describeArray, shapeOf } from './describe-array.js';
import { LazyVariables } from './lazy-variables.js';

/** What is known of a variable without decoding it. */
export interface VariableSummary {
  /** Kind of its value; `unreadable` when it has none, and asking for it throws the reason. */
  readonly kind: ArrayValue['kind'] | 'unreadable';
  /** Size along each axis, where the variable has axes. */
  readonly shape?: readonly number[];
  /** Whether the values are true and false, where the header tells. */
  readonly logical?: boolean;
  /** Kind of the first item of a cell array. */
  readonly items?: ArrayValue['kind'] | 'unreadable';
  /** Kind and shape in a few words, as {@link describeArray} gives them. */
  readonly description: string;
}

/**
 * Tells kind and shape of a variable of a file, from its header where the reader decodes lazily; never throws because of what the
 * variable holds.
 *
 * @returns undefined when there is none of that name
 */
export function summariseVariable(
  variables: ReadonlyMap<string, ArrayValue>,
  name: string,
): VariableSummary | undefined {
  if (variables instanceof LazyVariables) return variables.summary(name);
  try {
    const value = variables.get(name);
    return value === undefined ? undefined : summarise(value);
  } catch (error) {
    if (!isCrossmodalError(error)) throw error;
    return { kind: 'unreadable', description: error.received };
  }
}

/** The summary of a value that is there. */
export function summarise(value: ArrayValue): VariableSummary {
  const shape = shapeOf(value);
  const first = value.kind === 'cell' ? value.items[0] : undefined;
  return {
    kind: value.kind,
    ...(shape ? { shape } : {}),
    ...(first ? { items: first.kind } : {}),
    description: describeArray(value),
  };
}
