export { arrayToMatrix, type ArrayToMatrixOptions } from './arrays/array-to-matrix.js';
export type {
  ArrayValue,
  CellArray,
  LargeIntegers,
  NumericArray,
  OpaqueValue,
  StructArray,
  TextArray,
} from './arrays/array-value.js';
export { describeArray } from './arrays/describe-array.js';
export { labelsFromArray, type LabelArray } from './arrays/labels-from-array.js';
export { reorderImages, type ImageOrder } from './arrays/reorder-images.js';
export { selectArray, type ArrayUse } from './arrays/select-array.js';
export { summariseVariable, type VariableSummary } from './arrays/summarise-variable.js';
export { restoreRows } from './arrays/restore-rows.js';
export { selectRows } from './arrays/select-rows.js';
export { sliceRows } from './arrays/slice-rows.js';
export { transposeMatrix } from './arrays/transpose-matrix.js';
export { canonicalOrder } from './arrays/canonical-order.js';
export * from './datasets/index.js';
export { drawPerClass, type DrawPerClassOptions } from './generators/draw-per-class.js';
export { gaussianBlobs, type BlobModality, type GaussianBlobsOptions } from './generators/gaussian-blobs.js';
export {
  latentClusters,
  type LatentClustersOptions,
  type LatentModality,
} from './generators/latent-clusters.js';
export type { LabelledData } from './generators/labelled-data.js';
export { mixModalities, type MixedSample } from './generators/mix-modalities.js';
export { removeRows, type RemoveRowsOptions } from './generators/remove-rows.js';
export { unionOfSubspaces, type UnionOfSubspacesOptions } from './generators/union-of-subspaces.js';
export {
  damagedModel,
  readModelFiles,
  writeModelFiles,
  type ModelArrays,
  type ModelFiles,
} from './models/model-files.js';
export { packedModality, packPrepared, unpackPrepared, type PackedModality } from './models/pack-prepared.js';
export { matchModalities, prepareModality, type PreparedModality } from './models/prepared-modality.js';
export { restorePrepared } from './models/restore-prepared.js';
export { decodeArrays, readArrays, type ReadArraysOptions } from './readers/read-arrays.js';
export { readDelimited, type DelimitedOptions } from './readers/read-delimited.js';
export { readTable } from './readers/read-table.js';
export { selectColumn } from './readers/select-column.js';
export { tableNumbers } from './readers/table-numbers.js';
export type {
  Dialect,
  EmptyColumn,
  NumberColumn,
  NumberFormat,
  RefusedColumn,
  Table,
  TableColumn,
  TableOptions,
  TextColumn,
} from './readers/delimited/table.js';
export {
  decodeFile,
  type ArrayFormat,
  type DecodedFile,
  type DecodeFileOptions,
} from './readers/decode-file.js';
export { readFileBytes } from './readers/read-file-bytes.js';
export { readIdx } from './readers/read-idx.js';
export { readMat4 } from './readers/read-mat4.js';
export { readMat5 } from './readers/read-mat5.js';
export { readNpy } from './readers/read-npy.js';
export { readNpz } from './readers/read-npz.js';
export type { ReadOptions } from './readers/read-options.js';
export { centreColumns, fitCentre } from './transforms/centre-columns.js';
export { cropImages, type CropOptions } from './transforms/crop-images.js';
export type { FittedTransform, FitTransformOptions, TransformState } from './transforms/fitted-transform.js';
export { hog } from './transforms/hog.js';
export { fitMinMax, minMax, type MinMaxOptions } from './transforms/min-max.js';
export { fitPca, pca, type PcaOptions } from './transforms/pca.js';
export { restoreTransform } from './transforms/restore-transform.js';
export { fitSignedSquareRoot, signedSquareRoot } from './transforms/signed-square-root.js';
export { sobelEdges } from './transforms/sobel-edges.js';
export { fitSphere } from './transforms/sphere.js';
export { fitSqc, sqc } from './transforms/sqc.js';
export { fitStandard, standardise } from './transforms/standardise.js';
export { fitTfIdf, tfIdf } from './transforms/tf-idf.js';
export { transformModality } from './transforms/transform-modality.js';
export { fitUnitRows, unitRows } from './transforms/unit-rows.js';
export {
  applyWhitening,
  fitWhitening,
  type Whitening,
  type WhiteningOptions,
} from './transforms/whitening.js';
export type { WritableArray } from './writers/writable-array.js';
export { DIRECTORY_MARK } from './writers/directory/directory-mark.js';
export type { Existing, TargetOptions } from './writers/directory/target-state.js';
export { removeAbandonedBeside } from './writers/remove-abandoned-beside.js';
export {
  reserveDirectory,
  type ReservedDirectory,
  type ReserveDirectoryOptions,
} from './writers/reserve-directory.js';
export { writeDirectoryAtomic } from './writers/write-directory-atomic.js';
export { writeFileAtomic } from './writers/write-file-atomic.js';
export { writeNpy } from './writers/write-npy.js';
export { writeNpz, type WriteNpzOptions } from './writers/write-npz.js';
