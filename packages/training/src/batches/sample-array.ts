/** Samples of one modality, row-major, shape `[n, ...]`. */
export interface SampleArray {
  /** `[n, ...]`, samples first. */
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Float32Array;
}
