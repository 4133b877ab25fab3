import type { HistoryEntry, Modality, ProgressEvent, RandomSource } from '@crossmodal/core';
import type { Fusion } from '@crossmodal/fusion';
import type { SampleArray } from '@crossmodal/training';

/** What every way of training works on. */
export interface TrainingContext {
  readonly network: Fusion;
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
