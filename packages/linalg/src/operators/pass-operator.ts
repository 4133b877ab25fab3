/** A symmetric n × n matrix that is known by its products alone, each of which takes a pass through data that are not in memory. */
export interface PassOperator {
  /** n. */
  readonly size: number;
  /**
   * Writes M x_c to `output` for c = 0..count−1, all in one pass. Vector c occupies entries `c · n .. (c + 1) · n − 1` of both arrays; they do
   * not overlap.
   */
  multiply(input: Float64Array, output: Float64Array, count: number): Promise<void>;
}
