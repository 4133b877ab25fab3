import type { RandomSource, SampleArray } from '@crossmodal/core';
import { modalityDropout, type BatchSource, type Minibatches } from '@crossmodal/training';

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
  const present = Object.keys(data)
    .filter((name) => name.startsWith('x'))
    .map((_, v) => data[`m${v}`]?.values);
  if (rate === 0 || present.every((flags) => flags === undefined)) return source;
  const typed = {
    ...source,
    batch(step: number) {
      const { inputs, dispose } = source.batch(step);
      return { inputs: { modalities: present.map((_, v) => ({ x: inputs[`x${v}`]! })) }, dispose };
    },
  };
  const dropped = modalityDropout(typed, { present, rate, random });
  return {
    batch(step) {
      const { inputs, dispose } = dropped.batch(step);
      const record = inputs.modalities.flatMap(({ x, mask }, v) => [
        [`x${v}`, x] as const,
        [`m${v}`, mask] as const,
      ]);
      return { inputs: Object.fromEntries(record), dispose };
    },
  };
}
