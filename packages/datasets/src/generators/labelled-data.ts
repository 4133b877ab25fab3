import type { Paired } from '@crossmodal/core';

/** Paired data with the class of each object. */
export interface LabelledData {
  readonly data: Paired;
  /** Class of each object, length `n`; for scoring only. */
  readonly labels: Int32Array;
}
