import type { NetworkInput, PreparedModality } from '@crossmodal/transforms';
import type { CsrMatrix, DenseMatrix, FitSeconds, HistoryEntry } from '@crossmodal/core';
import type { ResolvedCmscDccaOptions } from './cmsc-dcca-options.js';
import type { CmscDccaNetwork } from './network.js';

/** What clusters new samples: the graph to the training samples, or centroids where latents do not represent each other. */
export interface Assignment {
  readonly labels: Int32Array;
  /** What k-means saw, shape `[n, q]`. */
  readonly embedding: DenseMatrix<Float64Array>;
  /** Shape `[n, n]`; none without self-expression. */
  readonly affinity?: CsrMatrix<Float32Array> | undefined;
  /** Shape `[clusters, q]`; only without self-expression. */
  readonly centroids?: DenseMatrix<Float64Array> | undefined;
  /** Median squared distance of each latent, for the kernels of new samples; none without self-expression. */
  readonly medians: readonly number[];
}

/** Everything a fitted model consists of. */
export interface CmscDccaState extends Assignment {
  /** Options as they were used, what depends on the data filled in. */
  readonly resolved: ResolvedCmscDccaOptions;
  readonly clusters: number;
  readonly seed: number;
  readonly inputs: readonly NetworkInput[];
  readonly network: CmscDccaNetwork;
  /** Prepared latents of the training samples, one a modality, and behind them what else S represents. */
  readonly latents: readonly PreparedModality[];
  readonly history: readonly HistoryEntry[];
  readonly seconds: FitSeconds;
}
