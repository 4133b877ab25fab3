/** A decomposition of `[m, n]`, `m >= n`, in the making. All arrays are written to. */
export interface SvdWork {
  /** Rows. */
  readonly m: number;
  /** Columns. */
  readonly n: number;
  /** Diagonal of the bidiagonal form, `[n]`. */
  readonly s: Float64Array;
  /** What stands above the diagonal, `[n]`; the last is 0. */
  readonly e: Float64Array;
  /** Left vectors as rows, `[n, m]`. */
  readonly u: Float64Array;
  /** Right vectors as rows, `[n, n]`. */
  readonly v: Float64Array;
}
