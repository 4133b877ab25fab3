/** An interval of the real line. */
export interface Interval {
  /** Its lower end. */
  readonly lower: number;
  /** Its upper end, above the lower one. */
  readonly upper: number;
}

/** A symmetric n × n matrix that is known by its products alone. */
export interface SymmetricOperator {
  /** n. */
  readonly size: number;
  /**
   * Writes M x_c to `output` for c = 0..count−1. Vector c occupies entries `c · n .. (c + 1) · n − 1` of both arrays;
   * they do not overlap.
   */
  multiply(input: Float64Array, output: Float64Array, count: number): void;
  /**
   * Replaces each of `count` vectors by p(M) x_c, with p the Chebyshev polynomial of the given degree, at least 1, of an interval. Operators have it where it is
   * faster than products one after the other, or where filters of a whole block suit many rows better than a Krylov space does.
   */
  filter?(vectors: Float64Array, count: number, degree: number, interval: Interval): void;
  /** Ends the threads of an operator that has some; they start again with the next product that needs them. */
  release?(): void;
}
