import type { RandomSource } from '@crossmodal/core';
import { modalityDropout, type BatchSource, type Minibatches } from '@crossmodal/training';
import type { EamcBatch, EamcSamples } from '../types.js';

/** Options of {@link presentBatches}. */
export interface PresentBatchOptions {
  /** What the batches are taken from. */
  readonly samples: EamcSamples;
  /** Share of the samples with several modalities that go without one of them, `0..1`. */
  readonly rate: number;
  /** Decides which. */
  readonly random: RandomSource;
}

/** Batches with modality dropout where samples lack modalities. With data in which no sample lacks anything, the batches stay as they are. */
export function presentBatches(
  source: Minibatches<EamcBatch>,
  { samples, rate, random }: PresentBatchOptions,
): BatchSource<EamcBatch> {
  const present = samples.modalities.map(({ mask }) => mask?.values);
  if (rate === 0 || present.every((flags) => flags === undefined)) return source;
  return modalityDropout(source, { present, rate, random });
}
