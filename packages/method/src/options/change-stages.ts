import { CrossmodalError } from '@crossmodal/core';
import type { MethodTypes } from '../recipe/method-types.js';
import type { StageChange } from '../recipe/overrides.js';
import type { Stage } from '../recipe/training.js';

/**
 * Applies changes to the stages of a training, one after the other.
 *
 * @throws CrossmodalError `option` when a change names a stage that there is not.
 */
export function changeStages<M extends MethodTypes>(
  where: string,
  stages: readonly Stage<M>[],
  changes: readonly StageChange<M>[],
): readonly Stage<M>[] {
  return changes.reduce<readonly Stage<M>[]>((result, change) => {
    const target = targetOf(change);
    const at = result.findIndex(({ name }) => name === target);
    if (at < 0) {
      throw new CrossmodalError({
        code: 'option',
        where: `${where} option 'stages'`,
        expected: `one of the stages ${result.map(({ name }) => `'${name}'`).join(', ')}`,
        received: target === undefined ? "no 'omit', 'replace', 'before' or 'after'" : `'${target}'`,
      });
    }
    if ('omit' in change) return result.toSpliced(at, 1);
    if ('replace' in change) return result.toSpliced(at, 1, change.by);
    return result.toSpliced('before' in change ? at : at + 1, 0, change.insert);
  }, stages);
}

function targetOf<M extends MethodTypes>(change: StageChange<M>): string | undefined {
  if ('omit' in change) return change.omit;
  if ('replace' in change) return change.replace;
  if ('before' in change) return change.before;
  return (change as { readonly after?: string }).after;
}
