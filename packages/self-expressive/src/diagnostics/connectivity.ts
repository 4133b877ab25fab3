import type { Matrix } from '@crossmodal/core';
import { checkCoefficients } from '../checks/check-coefficients.js';

/** Connected components of an affinity. */
export interface Connectivity {
  /** Number of components; a graph with fewer than it should have clusters is one that joins them. */
  readonly components: number;
  /** Samples in the largest component. */
  readonly largest: number;
  /** Samples without any neighbour. */
  readonly isolated: number;
  /** Component of each sample, `0..components-1` in the order of their first samples. */
  readonly labels: Int32Array;
}

/** Options of {@link connectivity}. */
export interface ConnectivityOptions {
  /** Affinities up to this are no connection, 0 or more. @defaultValue 0 */
  readonly tolerance?: number;
}

/**
 * Connected components of an affinity: samples `i` and `j` are joined when `|A_ij|` or `|A_ji|` exceeds the tolerance.
 *
 * @param affinity - shape `[n, n]`
 * @throws CrossmodalError `shape` when it is not square.
 */
export function connectivity(affinity: Matrix, options: ConnectivityOptions = {}): Connectivity {
  const { tolerance = 0 } = options;
  const n = checkCoefficients('connectivity', affinity);
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const root = (i: number): number => {
    while (parent[i] !== i) {
      parent[i] = parent[parent[i]!]!;
      i = parent[i]!;
    }
    return i;
  };
  for (let i = 0; i < n; i++) {
    const start = affinity.kind === 'dense' ? i * n : affinity.rowOffsets[i]!;
    const end = affinity.kind === 'dense' ? start + n : affinity.rowOffsets[i + 1]!;
    for (let p = start; p < end; p++) {
      if (!(Math.abs(affinity.values[p]!) > tolerance)) continue;
      const a = root(i);
      const b = root(affinity.kind === 'dense' ? p - start : affinity.columnIndices[p]!);
      // The smaller index leads, so that labels follow the order of samples.
      parent[Math.max(a, b)] = Math.min(a, b);
    }
  }
  const labels = new Int32Array(n);
  const sizes: number[] = [];
  for (let i = 0; i < n; i++) {
    const leader = root(i);
    labels[i] = leader === i ? sizes.push(0) - 1 : labels[leader]!;
    sizes[labels[i]!]!++;
  }
  return {
    components: sizes.length,
    largest: sizes.reduce((most, size) => Math.max(most, size), 0),
    isolated: sizes.filter((size) => size === 1).length,
    labels,
  };
}
