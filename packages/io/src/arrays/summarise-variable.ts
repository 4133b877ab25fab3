import { isCrossmodalError } from '@crossmodal/core';
import type { ArrayValue } from './array-value.js';
import { describeArray, shapeOf } from './describe-array.js';
import { LazyVariables } from './lazy-variables.js';
import type { VariableSummary } from './variable-summary.js';

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
