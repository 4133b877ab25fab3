import type { TensorRecord, tf } from '@crossmodal/tensors';
import type { FitOptions, HistoryEntry, RandomSource, SampleArray } from '@crossmodal/core';
import type { NearestNeighbours } from '@crossmodal/self-expressive';
import type { EamcNetwork } from './create-network.js';
import type { TrainingSettings } from './training-settings.js';

/** What every stage of a training works on. */
export interface TrainingContext {
  readonly network: EamcNetwork;
  /** Features of each modality, `x0`, `x1`, ..., and presence flags `m0`, ... of those that some samples lack. */
  readonly data: Readonly<Record<string, SampleArray>>;
  /** Neighbours of each sample; none where training starts from random weights. */
  readonly neighbours?: NearestNeighbours | undefined;
  readonly settings: TrainingSettings;
  readonly random: RandomSource;
  /** Begins the names of the stages in history and progress, such as `run 2, `. */
  readonly label: string;
  readonly options: Pick<FitOptions, 'signal' | 'onProgress'>;
}

/** Steps of a training, in order. */
export type History = readonly HistoryEntry[];

/** What a batch has of one modality. */
export interface ModalityBatch {
  /** Features, zeros where absent, `[n, d]`. */
  readonly x: tf.Tensor;
  /** 1 for samples that have the modality, 0 for others, `[n, 1]`; undefined where all samples of the fit have it. */
  readonly mask: tf.Tensor | undefined;
}

/** Finds the modalities among the inputs of a step. */
export function modalityBatches(network: EamcNetwork, inputs: TensorRecord): ModalityBatch[] {
  return network.encoders.map((_, v) => ({ x: inputs[`x${v}`]!, mask: inputs[`m${v}`] }));
}

/** Steps of a stage: its epochs, but a number of steps at least. */
export function stageSteps(epochs: number, stepsPerEpoch: number, least: number): number {
  return epochs === 0 ? 0 : Math.max(epochs * stepsPerEpoch, least);
}
