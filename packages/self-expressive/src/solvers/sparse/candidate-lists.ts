/** Rows that are looked at for each row, in place of all of them. */
export interface CandidateLists {
  /** Where the candidates of each row begin, length `m + 1`. */
  readonly offsets: Int32Array;
  /** Numbers of rows, ascending for each row and each once. */
  readonly rows: Int32Array;
}
