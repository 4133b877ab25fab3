import { CrossmodalError } from '@crossmodal/core';

/** Refuses values that are not finite. @throws CrossmodalError `value` at the first value that is not finite. */
export function checkFinite(where: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new CrossmodalError({
        code: 'value',
        where,
        expected: 'finite values',
        received: String(values[i]),
      });
    }
  }
}
