/** Eigenvalues, descending, and their eigenvectors as rows, `[count, n]`. */
export interface EigenRows {
  /** Eigenvalues, `[count]`. */
  readonly values: Float64Array;
  /** Unit eigenvectors, row-major `[count, n]`. */
  readonly rows: Float64Array;
}

/** Exact eigenvectors of the largest eigenvalue, all that there are. */
export interface KnownEigenvectors {
  /** The eigenvalue. */
  readonly value: number;
  /** Orthonormal eigenvectors, length n each. */
  readonly vectors: readonly Float64Array[];
}
