import { CrossmodalError } from '@crossmodal/core';

/** Refuses settings of a schedule that are not finite numbers of at least their lower bound. */
export function checkSchedule(
  where: string,
  settings: Readonly<Record<string, readonly [value: number, low: number]>>,
): void {
  for (const [option, [value, low]] of Object.entries(settings)) {
    if (Number.isFinite(value) && value >= low) continue;
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option '${option}'`,
      expected: `a number of at least ${low}`,
      received: String(value),
    });
  }
}
