import { formatError } from '../format-error.js';

/**
 * Refuses values that take other than as many bytes as their shape says.
 *
 * @param size - bytes of one value
 * @param bytes - those that are there
 */
export function checkLength(shape: readonly number[], size: number, bytes: number, where: string): void {
  const count = shape.reduce((product, length) => product * length, 1);
  if (bytes !== count * size) throw formatError(where, `${count} values of ${size} bytes`, `${bytes} bytes`);
}
