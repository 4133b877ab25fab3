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
export { summariseVariable } from './arrays/summarise-variable.js';
export type { VariableSummary } from './arrays/variable-summary.js';
export { damagedModel, type ModelArrays } from './models/model-arrays.js';
export { readModelBytes, writeModelBytes } from './models/model-bytes.js';
export { readModelFiles, writeModelFiles, type ModelFiles } from './models/model-files.js';
export { decodeFile, type DecodedFile, type DecodeFileOptions } from './readers/decode-file.js';
export { readDelimited, type DelimitedOptions } from './readers/delimited/read-delimited.js';
export { readTable } from './readers/delimited/read-table.js';
export { selectColumn } from './readers/delimited/select-column.js';
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
export { tableNumbers } from './readers/delimited/table-numbers.js';
export type { ArrayFormat } from './readers/formats/array-format.js';
export { readMat4 } from './readers/matlab/read-mat4.js';
export { readMat5 } from './readers/matlab/read-mat5.js';
export { readNpy } from './readers/numpy/read-npy.js';
export { readNpz } from './readers/numpy/read-npz.js';
export { decodeArrays, readArrays, type ReadArraysOptions } from './readers/read-arrays.js';
export { readFileBytes } from './readers/read-file-bytes.js';
export { readIdx } from './readers/idx/read-idx.js';
export { hasRowBlocks } from './readers/rows/has-row-blocks.js';
export {
  openRowBlocks,
  type FileRowBlock,
  type FileRows,
  type OpenRowBlocksOptions,
} from './readers/rows/open-row-blocks.js';
export type { RowFormat } from './readers/rows/row-layout.js';
export type { ReadOptions } from './readers/read-options.js';
export { DIRECTORY_MARK } from './writers/directory/target/directory-mark.js';
export type { Existing, TargetOptions } from './writers/directory/target/target-state.js';
export { removeAbandonedBeside } from './writers/remove-abandoned-beside.js';
export {
  reserveDirectory,
  type ReservedDirectory,
  type ReserveDirectoryOptions,
} from './writers/reserve-directory.js';
export type { WritableArray } from './writers/writable-array.js';
export { writeDirectoryAtomic } from './writers/write-directory-atomic.js';
export { writeFileAtomic } from './writers/write-file-atomic.js';
export { writeNpy } from './writers/write-npy.js';
export { writeNpz, type WriteNpzOptions } from './writers/write-npz.js';
