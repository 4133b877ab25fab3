/** A symmetric n × n matrix that is known by its products alone. */
export interface SymmetricOperator {
  /** n. */
  readonly size: number;
  /**
   * Writes M x_c to `output` for c = 0..count−1. Vector c occupies entries `c · n .. (c + 1) · n − 1` of both arrays;
   * they do not overlap.
   */
  multiply(input: Float64Array, output: Float64Array, count: number): void;
}
