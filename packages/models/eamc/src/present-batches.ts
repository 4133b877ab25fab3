import type { RandomSource } from '@crossmodal/core';
import { modalityDropout, type BatchSource, type Minibatches, type SampleArray } from '@crossmodal/training';

/** Options of {@link presentBatches}. */
export interface PresentBatchOptions {
  /** What the batches are taken from: features `x0`, ... and, where samples lack modalities, flags `m0`, ... */
  readonly data: Readonly<Record<string, SampleArray>>;
  /** Share of the samples with several modalities that go without one of them, `0..1`. */
  readonly rate: number;
  /** Decides which. */
  readonly random: RandomSource;
}

/** Batches with modality dropout where samples lack modalities. With data in which no sample lacks anything, the batches stay as they are. */
export function presentBatches(
  source: Minibatches,
  { data, rate, random }: PresentBatchOptions,
): BatchSource {
  const modalities = Object.keys(data)
    .filter((name) => name.startsWith('x'))
    .map((_, v) => ({ mask: `m${v}`, present: data[`m${v}`]?.values }));
  if (rate === 0 || modalities.every(({ present }) => present === undefined)) return source;
  return modalityDropout(source, { modalities, rate, random });
}
