import { CrossmodalError } from '@crossmodal/core';

/** Refuses options that are not integers of 1 or more. */
export function checkPositive(where: string, options: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(options)) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option '${name}'`,
      expected: 'an integer of 1 or more',
      received: String(value),
    });
  }
}
