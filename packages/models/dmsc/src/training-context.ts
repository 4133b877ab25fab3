import type { HistoryEntry, Modality, ProgressEvent, RandomSource } from '@crossmodal/core';
import type { Fusion } from '@crossmodal/fusion';
import type { SampleArray } from '@crossmodal/training';
import type { LatentEncoder } from './encode-latents.js';

/** What every way of training works on. */
export interface TrainingContext {
  readonly network: Fusion;
  /** The encoders of the network, for all samples at once. */
  readonly encoder: LatentEncoder;
  /** Scaled samples of each modality. */
  readonly samples: readonly SampleArray[];
  readonly modalities: readonly Modality[];
  readonly clusters: number;
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined;
}

/** Steps of a training, in order. */
export type History = readonly HistoryEntry[];
