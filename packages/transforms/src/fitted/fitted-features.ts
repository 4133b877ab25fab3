import type { DenseMatrix } from '@crossmodal/core';
import type { FittedTransform } from './fitted-transform.js';

/** A fitted transform, with what it makes of the rows that it was fitted on. */
export interface FittedFeatures {
  /** For new rows. */
  readonly transform: FittedTransform;
  /** Shape `[n, q]`; absent rows are zero. */
  readonly features: DenseMatrix<Float32Array>;
}
