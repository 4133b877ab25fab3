export * from './autoencoder.js';
export * from './convolution-shapes.js';
export * from './convolutional-decoder.js';
export * from './convolutional-encoder.js';
export * from './create-own-encoder.js';
export type * from './encoder-part.js';
export * from './clustering-network.js';
export * from './gaussian-head.js';
export * from './images/apply-front-end.js';
export {
  frontEndFeatures,
  type FixedConvolution,
  type FrontEnd,
  type FrontEndFeatures,
  type FrontEndFeaturesOptions,
} from './images/front-end-features.js';
export * from './create-encoders.js';
export * from './features/apply-feature-map.js';
export { featureCount, type FeatureMap } from './features/feature-map.js';
export * from './features/feature-map-schema.js';
export * from './features/fit-whitened-features.js';
export * from './images/front-end-features.js';
export * from './images/front-end-schema.js';
export * from './images/image-front-end.js';
export * from './initialisers/assign-linear-head.js';
export * from './images/shared-front-ends.js';
export * from './images/with-steps.js';
export * from './initialisers/gaussian.js';
export * from './initialisers/he-normal.js';
export * from './initialisers/he-uniform.js';
export * from './initialisers/initialiser.js';
export * from './initialisers/named-initialiser.js';
export * from './initialisers/nearest-mean-head.js';
export * from './initialisers/orthogonal.js';
export * from './initialisers/patch-filters.js';
export * from './initialisers/start-at-means.js';
export * from './initialisers/xavier-normal.js';
export * from './initialisers/xavier-uniform.js';
export * from './initialisers/zeros.js';
export * from './layers/activation.js';
export * from './layers/average-pooling.js';
export * from './layers/batch-norm.js';
export * from './layers/block.js';
export * from './layers/contrast-normalisation.js';
export * from './layers/conv2d-transpose.js';
export * from './layers/conv2d.js';
export * from './layers/convolution-size.js';
export * from './layers/create-variable.js';
export * from './layers/dense.js';
export * from './layers/dispose-on-error.js';
export * from './layers/layer.js';
export * from './layers/reshape.js';
export * from './layers/residual-dense.js';
export * from './layers/sequential.js';
export * from './layers/shapes.js';
export * from './mean-latents.js';
export * from './mlp-decoder.js';
export * from './mlp.js';
export * from './shared-encoder.js';
export type * from './shared-encoder-part.js';
