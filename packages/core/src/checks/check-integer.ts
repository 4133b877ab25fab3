import { CrossmodalError } from '../errors.js';

/**
 * Refuses an option that is not an integer in its range.
 *
 * @param where - the function that the error names
 * @param range - both ends included; `maximum` is Infinity by default
 * @throws CrossmodalError `option` unless the value is an integer in the range.
 * @example
 * ```ts
 * checkInteger('myMethod', 'clusters', 3, { minimum: 1, maximum: 10 });
 * ```
 */
export function checkInteger(
  where: string,
  name: string,
  value: number,
  { minimum, maximum = Infinity }: { readonly minimum: number; readonly maximum?: number },
): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option '${name}'`,
    expected: `an integer ${maximum === Infinity ? `of at least ${minimum}` : `in ${minimum}..${maximum}`}`,
    received: String(value),
  });
}
