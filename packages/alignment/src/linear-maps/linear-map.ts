import type { DenseMatrix } from '@crossmodal/core';

/** A linear map with a shift, `y = x W + b`, from `[n, d]` to `[n, q]`. */
export interface LinearMap {
  /** `W`, shape `[d, q]`. */
  readonly weights: DenseMatrix<Float64Array>;
  /** `b`, length `q`. */
  readonly offsets: Float64Array;
}
