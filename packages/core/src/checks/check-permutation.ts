import { CrossmodalError } from '../errors.js';

/**
 * Refuses an option that is not an order of n things.
 *
 * @param where - the function that the error names
 * @throws CrossmodalError `option` unless the order holds each of `0..n-1` once.
 * @example
 * ```ts
 * checkPermutation('myMethod', 'rowOrder', [2, 0, 1], 3);
 * ```
 */
export function checkPermutation(where: string, name: string, order: ArrayLike<number>, n: number): void {
  const seen = new Uint8Array(n);
  for (let r = 0; r < order.length; r++) seen[order[r]!] = 1;
  if (order.length === n && !seen.includes(0)) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option '${name}'`,
    expected: `a permutation of 0..${n - 1}`,
    received: `${order.length} entries that are not one`,
  });
}
