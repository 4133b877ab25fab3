import type { NetworkInput } from '@crossmodal/assembly';
import type { CsrMatrix, DenseMatrix, FitSeconds, HistoryEntry } from '@crossmodal/core';
import type { PreparedModality } from '@crossmodal/transforms';
import type { Fusion } from '@crossmodal/fusion';
import type { ResolvedDmscOptions } from './dmsc-options.js';

/** Everything a fitted model consists of. */
export interface DmscState {
  /** Options as they were used, what depends on the data filled in. */
  readonly resolved: ResolvedDmscOptions;
  readonly clusters: number;
  readonly seed: number;
  readonly inputs: readonly NetworkInput[];
  readonly network: Fusion;
  /** Prepared latents of the training samples. */
  readonly latents: readonly PreparedModality[];
  /** Median squared distance of each latent, for the kernels of new samples. */
  readonly medians: readonly number[];
  readonly labels: Int32Array;
  readonly embedding: DenseMatrix<Float64Array>;
  readonly affinity: CsrMatrix<Float32Array>;
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
}
