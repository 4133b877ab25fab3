import type { RandomSource } from '@crossmodal/core';
import type { Fit } from '@crossmodal/method';
import { dropoutIfIncomplete, minibatches, pairBatches, type BatchSource } from '@crossmodal/training';
import type { EamcBatch, EamcSamples, EamcTypes } from './types.js';

/** Options of {@link trainingBatches}. */
export interface TrainingBatchOptions {
  /** Samples per step, before their partners are added. */
  readonly batchSize: number;
  /** Share of the samples with several modalities that go without one of them at a step, when some samples of the fit lack modalities. */
  readonly withoutRate: number;
}

/** Batches of the samples of a fit, with a neighbour of each where its structure has neighbours. */
export function trainingBatches(
  { samples: data, structure: neighbours }: Pick<Fit<EamcTypes>, 'samples' | 'structure'>,
  { withoutRate: rate, ...options }: TrainingBatchOptions,
  { order: random, without }: Readonly<Record<'order' | 'without', RandomSource>>,
): { readonly batches: BatchSource<EamcBatch>; readonly stepsPerEpoch: number } {
  const batchSize = batchSizeOf(data, options);
  const source =
    neighbours === undefined
      ? minibatches({ data, batchSize, dropLast: true, random })
      : pairBatches({ data, neighbours, batchSize, random });
  const present = data.modalities.map(({ mask }) => mask?.values);
  const batches = dropoutIfIncomplete(source, { present, rate, random: without });
  return { batches, stepsPerEpoch: source.stepsPerEpoch };
}

/** Samples per step: no more than there are. */
export function batchSizeOf(
  { modalities }: EamcSamples,
  { batchSize }: Pick<TrainingBatchOptions, 'batchSize'>,
): number {
  return Math.min(batchSize, modalities[0]!.x.shape[0]!);
}
