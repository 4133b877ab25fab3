import type { Matrix } from '@crossmodal/core';
import { scaleWeight } from '@crossmodal/linalg';
import { checkAffinity } from './check-affinity.js';
import { degreesOf, inverseRoots } from './degrees.js';
import { withLoops } from './with-loops.js';

/**
 * Normalised adjacency of a graph, D^(-1/2) A D^(-1/2), whose eigenvalues are in `[-1, 1]`; 1 occurs once per connected component.
 * A vertex without edges, where the formula is 0/0, counts as a component whose only edge is a loop: its diagonal entry is 1.
 *
 * @param affinity - `[n, n]`, symmetric, non-negative, dense or sparse
 * @returns `[n, n]`, of the same kind, in 8-byte numbers
 * @throws CrossmodalError `shape` when not square or empty; `value` when an entry is not finite, negative, or not symmetric, or when the
 * weights add up to more than 8-byte numbers hold.
 * @example
 * ```ts
 * normalisedAdjacency(fromRows([[0, 2], [2, 0]])).values; // Float64Array [0, 1, 1, 0]
 * ```
 */
export function normalisedAdjacency(affinity: Matrix): Matrix {
  const where = 'normalisedAdjacency';
  checkAffinity(where, affinity);
  const degree = degreesOf(affinity, where);
  const graph = withLoops(affinity, degree, 1);
  const scale = inverseRoots(degree.map((d) => d || 1));
  const values = Float64Array.from(graph.values);
  for (let i = 0; i < graph.rows; i++) {
    if (graph.kind === 'dense') {
      const base = i * graph.columns;
      for (let j = 0; j < graph.columns; j++)
        values[base + j] = scaleWeight(values[base + j]!, scale[i]!, scale[j]!);
    } else {
      for (let p = graph.rowOffsets[i]!; p < graph.rowOffsets[i + 1]!; p++)
        values[p] = scaleWeight(values[p]!, scale[i]!, scale[graph.columnIndices[p]!]!);
    }
  }
  return { ...graph, values };
}
