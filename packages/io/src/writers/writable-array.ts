import type { DenseMatrix } from '@crossmodal/core';

/** Values that can be written, C order: a dense matrix, or any shape of the four element types. */
export type WritableArray =
  | DenseMatrix
  | {
      readonly shape: readonly number[];
      readonly values: Float32Array | Float64Array | Int32Array | Uint8Array;
    };
