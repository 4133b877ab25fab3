import type { CsrMatrix } from '@crossmodal/core';
import {
  operatorOf,
  partitionedOperator,
  type SymmetricOperator,
  type WeightedPartition,
} from '@crossmodal/linalg';
import { MANY } from './many.js';
import { degreesOf } from '../graph/degrees.js';

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
  if (partitions.length === 0) return operatorOf(graph, scale);
  const operator = partitionedOperator(graph, partitions, scale);
  if (graph.rows >= MANY) return operator;
  // What starts threads does not pay off for few rows.
  const { size, multiply } = operator;
  return { size, multiply };
}
