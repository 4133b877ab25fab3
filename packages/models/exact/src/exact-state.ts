import type { CsrMatrix, DenseMatrix, FitSeconds } from '@crossmodal/core';
import type { PreparedModality } from '@crossmodal/transforms';
import type { ResolvedExactOptions } from './exact-options.js';

/** Everything a fitted model consists of. */
export interface ExactState {
  readonly resolved: ResolvedExactOptions;
  readonly clusters: number;
  readonly seed: number;
  /** Those given, then histograms of oriented gradients. */
  readonly modalities: readonly PreparedModality[];
  readonly medians: readonly number[];
  readonly labels: Int32Array;
  readonly embedding: DenseMatrix<Float64Array>;
  readonly affinity: CsrMatrix<Float32Array>;
  readonly seconds: FitSeconds;
}
