import type { CsrMatrix } from '@crossmodal/core';
import type { KernelFeatures } from '../kernels/kernel-features.js';

/** By which rows those that lack a modality are stood in for. */
export interface Completion {
  /** Rows that lack the modality, ascending. */
  readonly rows: Int32Array;
  /**
   * Row `a`: weights of the fitted rows that stand in for `rows[a]`, above 0, with sum 1; shape `[rows.length, n]`. A row without any stands
   * for the mean of all fitted rows that have the modality.
   */
  readonly weights: CsrMatrix<Float32Array>;
}

/** Features of one modality in which no row is missing. */
export interface CompletedFeatures extends KernelFeatures {
  /** How absent rows were filled; left out when all rows are present. */
  readonly completion?: Completion;
}
