export { applyToBlocks } from './blocks/apply-to-blocks.js';
export { fitMinMaxOfBlocks } from './blocks/min-max-of-blocks.js';
export { fitPcaOfBlocks, type PcaOfBlocksOptions } from './blocks/pca-of-blocks.js';
export { fitSqcOfBlocks } from './blocks/sqc-of-blocks.js';
export { fitStandardOfBlocks } from './blocks/standard-of-blocks.js';
export { transformBlocks } from './blocks/transform-blocks.js';
export { fitHalfWhitening, type HalfWhiteningOptions } from './components/half-whitening.js';
export { fitNeighbourWhitening } from './components/neighbour-whitening.js';
export { fitPca, pca, type PcaOptions } from './components/pca.js';
export {
  applyWhitening,
  fitWhitening,
  type Whitening,
  type WhiteningOptions,
} from './components/whitening.js';
export type { FittedFeatures } from './fitted/fitted-features.js';
export type { FittedTransform, FitTransformOptions, TransformState } from './fitted/fitted-transform.js';
export { fittedTransform, isFittedTransform, mapsRows } from './fitted/fitted-transform-schema.js';
export { restoreTransform } from './fitted/restore-transform.js';
export { transformModality } from './fitted/transform-modality.js';
export { cropImages, type CropOptions } from './images/crop-images.js';
export { hog } from './images/hog.js';
export * from './images/images-for-hog.js';
export { fitNetworkInput, type InputScale, type NetworkInput } from './inputs/network-input.js';
export { networkInputSchema } from './inputs/network-input-schema.js';
export { networkSamples } from './inputs/network-samples.js';
export { sobelEdges } from './images/sobel-edges.js';
export {
  prepareModality,
  type PreparedModality,
  type PrepareModalityOptions,
} from './prepared/prepared-modality.js';
export { kernelFitter } from './prepared/kernel-fitter.js';
export { centreColumns, fitCentre } from './scaling/centre-columns.js';
export { fitMinMax, minMax, type MinMaxOptions } from './scaling/min-max.js';
export { fitPlaces } from './scaling/places.js';
export { fitSignedSquareRoot, signedSquareRoot } from './scaling/signed-square-root.js';
export { fitSphere } from './scaling/sphere.js';
export { fitSqc, sqc } from './scaling/sqc.js';
export { fitStandard, standardise } from './scaling/standardise.js';
export { unitMeanSquare } from './scaling/unit-mean-square.js';
export { fitUnitRows, unitRows } from './scaling/unit-rows.js';
export { fitTfIdf, tfIdf } from './text/tf-idf.js';
