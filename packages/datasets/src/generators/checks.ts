import { CrossmodalError } from '@crossmodal/core';

/** Refuses an option that is no whole number of at least `minimum`. */
export function checkCount(where: string, name: string, value: number, minimum: number): void {
  if (Number.isInteger(value) && value >= minimum) return;
  throw optionError(where, name, `a whole number of at least ${minimum}`, String(value));
}

/** Refuses an option that is no finite number within `minimum..maximum`. */
export function checkRange(
  where: string,
  name: string,
  value: number,
  minimum: number,
  maximum = Infinity,
): void {
  if (Number.isFinite(value) && value >= minimum && value <= maximum) return;
  throw optionError(where, name, `a number in ${minimum}..${maximum}`, String(value));
}

/** The error for one option. */
export function optionError(
  where: string,
  name: string,
  expected: string,
  received: string,
): CrossmodalError {
  return new CrossmodalError({ code: 'option', where: `${where} option '${name}'`, expected, received });
}
