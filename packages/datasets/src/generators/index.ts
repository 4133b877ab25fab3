export { drawPerClass, type DrawPerClassOptions } from './draw-per-class.js';
export { gaussianBlobs, type BlobModality, type GaussianBlobsOptions } from './gaussian-blobs.js';
export { latentClusters, type LatentClustersOptions, type LatentModality } from './latent-clusters.js';
export type { LabelledData } from './labelled-data.js';
export { mixModalities, type MixedSample } from './mix-modalities.js';
export { removeRows, type RemoveRowsOptions } from './remove-rows.js';
export { unionOfSubspaces, type UnionOfSubspacesOptions } from './union-of-subspaces.js';
