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
    checkForm(where, change);
    const target = targetOf(change);
    const at = result.findIndex(({ name }) => name === target);
    if (at < 0) {
      throw new CrossmodalError({
        code: 'option',
        where: `${where} option 'stages'`,
        expected: `one of the stages ${result.map(({ name }) => `'${name}'`).join(', ')}`,
        received: `'${target}'`,
      });
    }
    if ('omit' in change) return result.toSpliced(at, 1);
    if ('replace' in change) return result.toSpliced(at, 1, change.by);
    return result.toSpliced('before' in change ? at : at + 1, 0, change.insert);
  }, stages);
}

/** The stage that each form of a change brings; omission brings none. */
const BROUGHT = { omit: undefined, replace: 'by', before: 'insert', after: 'insert' } as const;

/** TypeScript sees to the form; options that come from elsewhere may have any. */
function checkForm(where: string, change: object): void {
  const entries = change as Readonly<Record<string, unknown>>;
  const forms = (Object.keys(BROUGHT) as (keyof typeof BROUGHT)[]).filter((form) => form in entries);
  const brought = forms.length === 1 ? BROUGHT[forms[0]!] : undefined;
  const stage = brought === undefined ? undefined : (entries[brought] as Partial<Stage<never>> | undefined);
  if (forms.length === 1 && (brought === undefined || typeof stage?.run === 'function')) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option 'stages'`,
    expected:
      "one of { omit }, { replace, by }, { before, insert } and { after, insert }, where 'by' and 'insert' are stages",
    received: `{ ${Object.keys(entries).join(', ')} }`,
  });
}

function targetOf<M extends MethodTypes>(change: StageChange<M>): string | undefined {
  if ('omit' in change) return change.omit;
  if ('replace' in change) return change.replace;
  if ('before' in change) return change.before;
  return (change as { readonly after?: string }).after;
}
