import { CrossmodalError } from '../errors.js';

/**
 * Refuses an option that is not finite or too small.
 *
 * @param where - the function that the error names
 * @throws CrossmodalError `option` unless the value is a finite number of at least the minimum.
 * @example
 * ```ts
 * checkNumber('myMethod', 'tolerance', 1e-6, 0);
 * ```
 */
export function checkNumber(where: string, name: string, value: number, minimum: number): void {
  if (Number.isFinite(value) && value >= minimum) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option '${name}'`,
    expected: `a finite number of at least ${minimum}`,
    received: String(value),
  });
}
