import type { CsrMatrix } from '@crossmodal/core';
import type { GraphRecipe } from '@crossmodal/self-expressive';
import { consensusOfGraphs } from './consensus-of-graphs.js';
import type { GraphReport } from './graph-report.js';
import { clusterWithIsolated } from './isolated-apart.js';
import { meanOfGraphs, type ClusteredGraphs, type GraphClusteringContext } from './mean-of-graphs.js';

/** Graphs, how they were made, and the groups of vertices that are far from all others. */
interface GraphsToCluster {
  readonly graphs: readonly CsrMatrix<Float32Array>[];
  readonly recipes: readonly GraphRecipe[];
  readonly isolated: readonly Int32Array[];
}

/** Clusters of graphs, and what is told of them. */
interface ReportedClusters {
  readonly found: ClusteredGraphs;
  /** Weight of each graph's edges; left out where graphs count alike. */
  readonly weights?: readonly number[];
  readonly report: GraphReport;
}

/** Clusters graphs by their mean. */
export async function clusterByMean(
  { graphs, isolated }: GraphsToCluster,
  context: GraphClusteringContext,
): Promise<ReportedClusters> {
  const { apart, ...found } = await clusterWithIsolated(graphs, isolated, context, meanOfGraphs);
  return { found, report: isolationReport(isolated, apart) };
}

/** Clusters graphs by their consensus. */
export async function clusterByConsensus(
  { graphs, recipes, isolated }: GraphsToCluster,
  context: GraphClusteringContext,
): Promise<ReportedClusters> {
  const { support, weights, edgeWeights, apart, ...found } = await clusterWithIsolated(
    graphs,
    isolated,
    context,
    consensusOfGraphs,
  );
  const reported = recipes.map((recipe, g) => ({ recipe, support: support[g]!, weight: weights[g]! }));
  return {
    found,
    weights: edgeWeights,
    report: { support: reported, ...isolationReport(isolated, apart) },
  };
}

function isolationReport(groups: readonly Int32Array[], apart: boolean): GraphReport {
  return groups.length === 0 ? {} : { isolated: { sizes: groups.map(({ length }) => length), apart } };
}
