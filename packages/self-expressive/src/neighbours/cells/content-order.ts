import type { DenseMatrix, RandomSource } from '@crossmodal/core';

/**
 * Rows in a random order that their content decides: by a seeded hash of it, equal rows by number. The first few are a sample which does not
 * depend on the order in which rows are given.
 *
 * @param points - shape `[n, d]`
 * @returns row numbers, length n
 */
export function contentOrder(
  { rows: n, columns: d, values }: DenseMatrix<Float32Array>,
  random: RandomSource,
): Int32Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const seed = random.integer(2 ** 32);
  const hashes = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    let hash = seed;
    for (let p = i * d; p < (i + 1) * d; p++) {
      // Zero has two representations.
      hash = Math.imul(hash ^ (values[p] === 0 ? 0 : words[p]!), 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hashes[i] = hash ^ (hash >>> 16);
  }
  return Int32Array.from(hashes.keys()).sort((a, b) => hashes[a]! - hashes[b]! || a - b);
}
