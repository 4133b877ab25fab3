import type { DenseMatrix } from '@crossmodal/core';

/** Eigenvalues in descending order and the eigenvectors that belong to them. */
export interface Eigenpairs {
  /** Eigenvalues, descending, `[count]`. */
  readonly values: Float64Array;
  /** Unit eigenvectors as columns, `[n, count]`; the entry of largest magnitude of each is positive. */
  readonly vectors: DenseMatrix<Float64Array>;
}
