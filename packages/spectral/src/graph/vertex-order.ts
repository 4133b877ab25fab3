import type { SymmetricOperator } from '@crossmodal/linalg';

/**
 * Orders the vertices of a graph by a key that does not depend on how they are numbered: the degree, refined twice by a
 * nonlinear function of the neighbours' keys (as in Weisfeiler-Leman colouring). Renumbering the vertices renumbers the
 * order and changes nothing else, unless two vertices cannot be told apart within two steps.
 *
 * @param adjacency - the normalised adjacency
 * @param degree - `[n]`
 * @returns the vertices in ascending order of their keys, `[n]`
 */
export function vertexOrder(adjacency: SymmetricOperator, degree: Float64Array): Int32Array {
  const n = degree.length;
  const largest = degree.reduce((a, b) => Math.max(a, b), 0) || 1;
  const key = degree.map((d) => d / largest);
  const blurred = new Float64Array(n);
  for (let round = 0; round < 2; round++) {
    // Any smooth nonlinear function does; a moderate slope keeps rounding errors far below the spacing of the keys.
    const coloured = key.map((k) => Math.cos(7 * k));
    adjacency.multiply(coloured, blurred, 1);
    for (let i = 0; i < n; i++) key[i]! += blurred[i]! / Math.SQRT2;
  }
  return Int32Array.from(key, (_, i) => i).sort((a, b) => key[a]! - key[b]! || a - b);
}
