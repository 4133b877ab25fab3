import type { DenseMatrix, HistoryEntry, ProgressEvent, RandomSource } from '@crossmodal/core';
import type { NearestNeighbours } from '@crossmodal/self-expressive';
import type { DmimNetwork } from './create-network.js';
import type { ResolvedDmimOptions } from './dmim-options.js';

/** One modality that takes part in the training. */
export interface TrainingModality {
  readonly name: string;
  /** Inputs of the encoder, shape `[n, d]`; absent rows are zero. */
  readonly features: DenseMatrix<Float32Array>;
  /** 1 where the row is present; left out when all are. */
  readonly present: Uint8Array | undefined;
  /** Weight of the modality in means over modalities. */
  readonly weight: number;
  /** Its nearest neighbours, where partners are drawn. */
  readonly neighbours?: NearestNeighbours | undefined;
}

/** A pair of modalities whose mutual information is maximised. */
export interface TrainingPair {
  readonly first: number;
  readonly second: number;
  readonly weight: number;
}

/** What the training works on. */
export interface TrainingContext<Options extends ResolvedDmimOptions = ResolvedDmimOptions> {
  readonly network: DmimNetwork;
  readonly options: Options;
  readonly modalities: readonly TrainingModality[];
  readonly pairs: readonly TrainingPair[];
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}

/** Steps of a training, in order. */
export type History = readonly HistoryEntry[];
