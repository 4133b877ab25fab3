export { restoreRows as rowsInPlace } from '@crossmodal/core';
export { likeliestClusters } from '@crossmodal/spectral';
export {
  aliveState,
  checkComplete,
  checkMixed,
  checkPaired,
  fitPause,
  labelsInPlace,
  matchInputs,
  recordHistory,
  recoverable,
  type AliveState,
  type FitPause,
  type RecordedWatch,
  type Stateful,
  type Watch,
} from '@crossmodal/method';
export { chunkedForward } from '@crossmodal/tensors';
export * from './fit/fit-network.js';
export * from './images/apply-front-end.js';
export * from './images/front-end-features.js';
export * from './images/image-front-end.js';
export * from './inputs/masked-rows.js';
export * from './inputs/network-input.js';
export * from './inputs/network-samples.js';
export * from './inputs/paired-inputs.js';
export * from './inputs/relative-targets.js';
export { presenceOf, sampleShape } from '@crossmodal/core';
export * from './saved/pack-clustering.js';
export * from './saved/pack-csr.js';
export * from './saved/pack-front-ends.js';
export * from './saved/pack-history.js';
export * from './saved/pack-network-inputs.js';
export * from './saved/pack-weights.js';
export * from './saved/saved-options.js';
export * from './saved/schemas.js';
export * from './saved/subspace-model.js';
export * from './saved/unpack-network.js';
export * from './subspace/centred-latent.js';
export * from './subspace/expressed-in-blocks.js';
export * from './subspace/graph-settings.js';
export * from './subspace/latent-encoder.js';
export * from './subspace/latent-medians.js';
export * from './subspace/prepare-latents.js';
export * from './subspace/subspace-context.js';
export * from './subspace/subspace-helpers.js';
export * from './subspace/subspace-options.js';
export * from './subspace/train-by-blocks.js';
export * from './subspace/train-jointly.js';
export * from './subspace/trained-coefficients.js';
