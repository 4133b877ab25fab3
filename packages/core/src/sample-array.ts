/** Samples as a network takes them, row-major, shape `[n, ...]`. */
export interface SampleArray {
  /** `[n, ...]`, samples first. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}
