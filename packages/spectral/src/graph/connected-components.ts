import type { Matrix } from '@crossmodal/core';
import { checkSquare, transposeCsr } from '@crossmodal/linalg';

/** Which vertices of a graph hang together. */
export interface ConnectedComponents {
  /** Component of each vertex, numbered by their first vertices, `[n]`. */
  readonly labels: Int32Array;
  /** Number of components; a vertex without edges is one. */
  readonly count: number;
}

/**
 * Connected components of the graph whose edges are the non-zero entries of a matrix that is symmetric up to rounding: one of two
 * mirrored entries is enough.
 *
 * @param affinity - `[n, n]`, dense or sparse
 * @throws CrossmodalError `shape` when not square or empty.
 * @example
 * ```ts
 * connectedComponents(fromRows([[0, 1, 0], [1, 0, 0], [0, 0, 0]])); // { labels: [0, 0, 1], count: 2 }
 * ```
 */
export function connectedComponents(affinity: Matrix): ConnectedComponents {
  checkSquare('connectedComponents', affinity);
  const n = affinity.rows;
  const labels = new Int32Array(n).fill(-1);
  const queue = new Int32Array(n);
  // The vertices not reached yet are `waiting[0 .. left - 1]`, so that dense rows are only searched for those.
  const waiting = Int32Array.from({ length: n }, (_, i) => i);
  let left = n;
  const halves = affinity.kind === 'csr' ? [affinity, transposeCsr(affinity)] : [];
  let count = 0;
  for (let first = 0; first < n; first++) {
    if (labels[first] !== -1) continue;
    let tail = 0;
    const reach = (vertex: number): void => {
      labels[vertex] = count;
      queue[tail++] = vertex;
    };
    reach(first);
    for (let head = 0; head < tail; head++) {
      const vertex = queue[head]!;
      if (affinity.kind === 'csr') {
        for (const half of halves) {
          for (let p = half.rowOffsets[vertex]!; p < half.rowOffsets[vertex + 1]!; p++) {
            const other = half.columnIndices[p]!;
            if (labels[other] === -1 && half.values[p] !== 0) reach(other);
          }
        }
        continue;
      }
      let kept = 0;
      for (let w = 0; w < left; w++) {
        const other = waiting[w]!;
        if (labels[other] !== -1) continue;
        if (affinity.values[vertex * n + other] !== 0 || affinity.values[other * n + vertex] !== 0)
          reach(other);
        else waiting[kept++] = other;
      }
      left = kept;
    }
    count++;
  }
  return { labels, count };
}
