export { balancedTargets } from './assign/balanced-targets.js';
export {
  clusterCountFromEigengap,
  type ClusterRange,
  type EigengapOptions,
} from './embedding/cluster-count-from-eigengap.js';
export * from './embedding/normalise-rows.js';
export { agreement } from './consensus/agreement.js';
export {
  consensus,
  type Consensus,
  type ConsensusMembers,
  type ConsensusOptions,
} from './consensus/consensus.js';
export type { ConsensusAffinity } from './consensus/consensus-affinity.js';
export type { WeightedPartition } from '@crossmodal/linalg';
export { graphPartitions, type GraphPartitionOptions } from './consensus/graph-partitions.js';
export { supportWeights, type MemberSupport, type SupportOptions } from './consensus/support-weights.js';
export { connectedComponents, type ConnectedComponents } from './graph/connected-components.js';
export { degrees } from './graph/degrees.js';
export { subgraph } from './graph/subgraph.js';
export { discretise, type DiscretiseOptions } from './assign/discretise.js';
export { kMeans, type KMeansOptions, type KMeansResult } from './k-means/k-means.js';
export { leastCutKMeans, type LeastCutKMeansOptions } from './k-means/least-cut-k-means.js';
export { kMeansPredict } from './k-means/k-means-predict.js';
export { meanMemberships } from './assign/mean-memberships.js';
export { mergeByInformation, type MergeByInformationOptions } from './assign/merge-by-information.js';
export {
  mergeOverclusters,
  type MergedClusters,
  type MergeOverclustersOptions,
} from './assign/merge-overclusters.js';
export { normalisedAdjacency } from './graph/normalised-adjacency.js';
export { normalisedCut, type NeighbourLists } from './graph/normalised-cut.js';
export { normalisedLaplacian } from './graph/normalised-laplacian.js';
export { sharpenedTargets, type SharpenedTargetOptions } from './assign/sharpened-targets.js';
export { sinkhornKnopp, type SinkhornKnoppOptions } from './assign/sinkhorn-knopp.js';
export type {
  ComponentSizes,
  SpectralClusteringOptions,
  SpectralClusteringResult,
} from './assign/clustered-graph.js';
export { spectralClustering } from './assign/spectral-clustering.js';
export {
  spectralEmbedding,
  type SpectralEmbedding,
  type SpectralEmbeddingOptions,
} from './embedding/spectral-embedding.js';
export {
  subsampledKMeans,
  type SubsampledKMeansOptions,
  type SubsampledKMeansResult,
} from './k-means/subsampled-k-means.js';
export { likeliestClusters } from './assign/likeliest-clusters.js';
