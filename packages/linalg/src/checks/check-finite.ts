import { CrossmodalError } from '@crossmodal/core';

/**
 * Refuses values that are not finite.
 *
 * @param where - the function that the error names
 * @throws CrossmodalError `value` at the first value that is NaN or infinite.
 * @example
 * ```ts
 * checkFinite('myMethod', Float64Array.of(1, 2, 3));
 * ```
 */
export function checkFinite(where: string, values: ArrayLike<number>): void {
  for (let p = 0; p < values.length; p++) {
    // x - x is 0 for finite numbers alone, and cheaper than a call per value.
    const value = values[p]!;
    if (value - value !== 0) {
      throw new CrossmodalError({
        code: 'value',
        where,
        expected: 'finite values',
        received: `${value} as value ${p}`,
      });
    }
  }
}
