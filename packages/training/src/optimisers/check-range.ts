import { CrossmodalError } from '@crossmodal/core';

/** Refuses a setting outside `[low, high)`. */
export function checkRange(where: string, option: string, value: number, low: number, high: number): void {
  if (value >= low && value < high) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option '${option}'`,
    expected: `a number in [${low}, ${high})`,
    received: String(value),
  });
}
