import type { CsrMatrix } from '@crossmodal/core';
import { chebyshevFilter, operatorOf, type SymmetricOperator } from '@crossmodal/linalg';
import { degreesOf } from '../graph/degrees.js';

/** A partition as a low-rank part of an affinity. */
export interface WeightedPartition {
  /** Cluster of each object, `0..clusters-1`, `[n]`. */
  readonly labels: Int32Array;
  /** Number of clusters. */
  readonly clusters: number;
  /** Weight of an edge between two objects of one cluster, above 0. */
  readonly weight: number;
}

/**
 * An affinity `B = A + sum_p c_p Y_p Y_p^T` of a sparse graph and partitions, whose n × n entries are never formed:
 * `B x = A x + sum_p c_p Y_p (Y_p^T x)`.
 */
export interface ConsensusAffinity extends SymmetricOperator {
  /** `A`, shape `[n, n]`, symmetric, non-negative. */
  readonly graph: CsrMatrix;
  /** `Y_p` and `c_p`. */
  readonly partitions: readonly WeightedPartition[];
  /** Row sums of `B`, `[n]`. */
  readonly degrees: Float64Array;
}

/** Puts an affinity together of a graph that has been checked, and partitions. */
export function consensusAffinity(
  graph: CsrMatrix,
  partitions: readonly WeightedPartition[],
): ConsensusAffinity {
  const { size, multiply } = scaledAffinity({ graph, partitions });
  const degrees = degreesOf(graph, 'consensus');
  for (const { labels, clusters, weight } of partitions) {
    const sizes = new Float64Array(clusters);
    for (const label of labels) sizes[label]!++;
    labels.forEach((label, i) => (degrees[i]! += weight * sizes[label]!));
  }
  return { graph, partitions, degrees, size, multiply };
}

/** The operator of `diag(s) B diag(s)`; of `B` without a scale. */
export function scaledAffinity(
  { graph, partitions }: Pick<ConsensusAffinity, 'graph' | 'partitions'>,
  scale?: Float64Array,
): SymmetricOperator {
  const sparse = operatorOf(graph, scale);
  if (partitions.length === 0) return sparse;
  const n = graph.rows;
  const whole: SymmetricOperator = {
    size: n,
    multiply(input, output, count) {
      sparse.multiply(input, output, count);
      for (let c = 0; c < count; c++) {
        const x = input.subarray(c * n, (c + 1) * n);
        const y = output.subarray(c * n, (c + 1) * n);
        for (const partition of partitions) addPartition(partition, scale, x, y);
      }
    },
  };
  // Filters of a whole block need far less orthogonalisation than a Krylov space where rows are many.
  return {
    ...whole,
    filter: (vectors, count, degree, interval) =>
      chebyshevFilter(whole, vectors, { count, degree, ...interval }),
  };
}

/** `y += c S Y Y^T S x`. */
function addPartition(
  { labels, clusters, weight }: WeightedPartition,
  scale: Float64Array | undefined,
  x: Float64Array,
  y: Float64Array,
): void {
  const sums = new Float64Array(clusters);
  if (scale === undefined) {
    for (let i = 0; i < x.length; i++) sums[labels[i]!]! += x[i]!;
    for (let i = 0; i < x.length; i++) y[i]! += weight * sums[labels[i]!]!;
    return;
  }
  for (let i = 0; i < x.length; i++) sums[labels[i]!]! += scale[i]! * x[i]!;
  for (let i = 0; i < x.length; i++) y[i]! += weight * scale[i]! * sums[labels[i]!]!;
}
