export {
  clusterCountFromEigengap,
  type ClusterRange,
  type EigengapOptions,
} from './cluster-count-from-eigengap.js';
export { connectedComponents, type ConnectedComponents } from './connected-components.js';
export { degrees } from './degrees.js';
export { discretise, type DiscretiseOptions } from './discretise.js';
export { kMeans, type KMeansOptions, type KMeansResult } from './k-means.js';
export { kMeansPredict } from './k-means-predict.js';
export { largestEigenpairs, type EigenpairOptions } from './largest-eigenpairs.js';
export { mergeByInformation, type MergeByInformationOptions } from './merge-by-information.js';
export { normalisedAdjacency } from './normalised-adjacency.js';
export { normalisedLaplacian } from './normalised-laplacian.js';
export { sinkhornKnopp, type SinkhornKnoppOptions } from './sinkhorn-knopp.js';
export {
  spectralClustering,
  type SpectralClusteringOptions,
  type SpectralClusteringResult,
} from './spectral-clustering.js';
export {
  spectralEmbedding,
  type SpectralEmbedding,
  type SpectralEmbeddingOptions,
} from './spectral-embedding.js';
export { symmetricEigen, type Eigenpairs } from './symmetric-eigen.js';
export type { SymmetricOperator } from './symmetric-operator.js';
export * from './likeliest-clusters.js';
