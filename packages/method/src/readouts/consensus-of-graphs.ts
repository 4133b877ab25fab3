import type { CsrMatrix } from '@crossmodal/core';
import { consensus, graphPartitions } from '@crossmodal/spectral';
import type { ClusteredGraphs, GraphClusteringContext } from './mean-of-graphs.js';

/** Clusters of graphs, and how far the graphs agree. */
export interface ConsensusOfGraphs extends ClusteredGraphs {
  /** How far the partitions of each graph agree with those of others, 0 or more. */
  readonly support: readonly number[];
  /** Weight of each graph, in `[0, 1]`, of sum 1. */
  readonly weights: readonly number[];
  /** Weight of each graph's edges in the affinity: its own over its mean degree. */
  readonly edgeWeights: readonly number[];
}

/**
 * The consensus of graphs: three partitions of each, their agreement as weights, and the weighted graphs together with the partitions as one
 * affinity. The affinity returned is that of the weighted graphs alone.
 */
export async function consensusOfGraphs(
  graphs: readonly CsrMatrix<Float32Array>[],
  { options, clusters, random, signal, pause }: GraphClusteringContext,
): Promise<ConsensusOfGraphs> {
  const { extraEigenvectors, bandwidth, restarts } = options;
  const common = { clusters, extraEigenvectors, bandwidth, signal };
  const steps = graphs.length + 1;
  const partitions: Int32Array[][] = [];
  for (const [g, graph] of graphs.entries()) {
    await pause(g, steps);
    partitions.push(graphPartitions(graph, { ...common, random: random.fork(`graph ${g}`) }));
  }
  await pause(graphs.length, steps);
  const found = consensus({ graphs, partitions }, { ...common, restarts, random: random.fork('consensus') });
  await pause(steps, steps);
  const { graph } = found.affinity;
  return {
    labels: found.labels,
    embedding: found.embedding,
    affinity: { ...graph, values: Float32Array.from(graph.values) },
    support: [...found.support],
    weights: [...found.weights],
    edgeWeights: [...found.graphWeights],
  };
}
