import type { RandomSource } from '@crossmodal/core';

/** Options of a search for the largest eigenpairs. */
export interface EigenpairOptions {
  /** How many, `1..n`. */
  readonly count: number;
  /** Decides the start vectors. */
  readonly random: RandomSource;
  /**
   * Largest residual ‖M u − w u‖ as a part of ‖M‖, at least 1e-11.
   *
   * @defaultValue 1e-8
   */
  readonly tolerance?: number;
  /**
   * Restarts of the Krylov space, and then rounds of filtering, before giving up; those that only look for further copies of eigenvalues already found do not count.
   *
   * @defaultValue 300
   */
  readonly maxRestarts?: number;
  /**
   * Width of the blocks. Wider ones find more copies of a repeated eigenvalue at once; narrower ones need fewer products
   (width 1 spends part of that on looking for second copies).
   *
   * @defaultValue 2
   */
  readonly blockSize?: number;
  /**
   * Rows in the order in which they draw their start values, a permutation of `0..n-1`. An order that follows the rows when they
   * are permuted makes the eigenvectors follow too, instead of merely spanning the same spaces.
   *
   * @defaultValue 0..n-1
   */
  readonly rowOrder?: ArrayLike<number>;
  /**
   * How much each residual counts, `[count]` in `[0, 1]`, given upper estimates of the eigenvalues; for callers that
   * damp some eigenvectors afterwards, and need those less exactly.
   *
   * @defaultValue all 1
   */
  readonly importance?: (values: Float64Array) => Float64Array;
  /** Stops the search between products. */
  readonly signal?: AbortSignal;
}
