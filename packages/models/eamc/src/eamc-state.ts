import type { DenseMatrix, FitSeconds, HistoryEntry } from '@crossmodal/core';
import type { EamcNetwork } from './create-network.js';
import type { ResolvedEamcOptions } from './eamc-options.js';
import type { Preparation } from './prepare-features.js';

/** Everything a fitted model consists of. */
export interface EamcState {
  readonly resolved: ResolvedEamcOptions;
  readonly clusters: number;
  readonly seed: number;
  readonly preparations: readonly Preparation[];
  readonly network: EamcNetwork;
  /** One a modality, sum 1. */
  readonly weights: readonly number[];
  /** Clustering loss of each run; empty when there was one. */
  readonly runLosses: readonly number[];
  readonly labels: Int32Array;
  /** Soft assignment, `[n, k]`. */
  readonly memberships: DenseMatrix<Float32Array>;
  /** Fused latents, `[n, q]`. */
  readonly embedding: DenseMatrix<Float64Array>;
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
}
