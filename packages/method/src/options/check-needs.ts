import { CrossmodalError } from '@crossmodal/core';
import type { CompleteDefinition, RecipeParts } from '../recipe/method-definition.js';
import type { MethodTypes } from '../recipe/method-types.js';

/**
 * Refuses a readout that needs what the training does not keep.
 *
 * @throws CrossmodalError `option` naming the trainings that do.
 */
export function checkNeeds<M extends MethodTypes>(
  { creator, training: alternatives }: CompleteDefinition<M>,
  { training, readout }: RecipeParts<M>,
  options: Readonly<Record<string, unknown>>,
): void {
  const keeps = training.keeps?.(options) ?? [];
  const missing = readout.needs?.(options).find((need) => !keeps.includes(need));
  if (missing === undefined) return;
  const able = Object.keys(alternatives).filter((name) =>
    alternatives[name]!.keeps?.(options).includes(missing),
  );
  throw new CrossmodalError({
    code: 'option',
    where: `${creator} option 'readout'`,
    expected: `a training that keeps ${missing}, for the readout '${readout.name}'`,
    received: `one that keeps ${keeps.length === 0 ? 'nothing' : keeps.join(', ')}`,
    advice:
      able.length === 0
        ? 'Choose another readout.'
        : `Choose the training ${able.map((name) => `'${name}'`).join(' or ')}, or another readout.`,
  });
}
