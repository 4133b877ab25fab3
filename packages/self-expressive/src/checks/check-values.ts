import { CrossmodalError } from '@crossmodal/core';

/** Refuses values that are not finite. @throws CrossmodalError `value` with the first of them and where it stands. */
export function checkValues(where: string, values: ArrayLike<number>): void {
  for (let p = 0; p < values.length; p++) {
    if (Number.isFinite(values[p])) continue;
    throw new CrossmodalError({
      code: 'value',
      where,
      expected: 'finite values',
      received: `${values[p]} as value ${p}, row by row`,
    });
  }
}
