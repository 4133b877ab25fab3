import type { DenseMatrix, SampleArray } from '@crossmodal/core';
import { neighbourWalk } from '@crossmodal/self-expressive';
import { seededNormal, tf, takeRows } from '@crossmodal/tensors';
import { minibatches, withPartners, type BatchSource } from '@crossmodal/training';
import type { TrainingContext } from './training-context.js';

/** What {@link trainingBatches} takes besides the context. */
export interface BatchOptions {
  /** Names the draws: another label, other batches. */
  readonly label: string;
  /** Objects per step. */
  readonly batchSize: number;
  /** Steps of the walk to a partner, at each step of the training. */
  readonly walk: (step: number) => number;
  /** Targets of the clustering head for each modality, shape `[n, k]`. */
  readonly targets?: readonly SampleArray[] | undefined;
}

/** Batches of objects, followed by their partners where there are neighbours to draw them from, as the training terms name them. */
export function trainingBatches(context: TrainingContext, stage: BatchOptions): BatchSource {
  const { network, options, modalities } = context;
  const random = context.random.fork(stage.label);
  const data = trainingData(context, stage.targets);
  const source = minibatches({ data, batchSize: stage.batchSize, dropLast: true, random });
  const lists = modalities.flatMap(({ neighbours }) => (neighbours === undefined ? [] : [neighbours]));
  const walk =
    lists.length === modalities.length
      ? neighbourWalk(
          lists,
          modalities.map(({ weight }) => weight),
        )
      : undefined;
  return {
    batch(step) {
      const own = random.fork(`step ${step}`);
      const objects = source.rows(step);
      const rows =
        walk === undefined ? objects : withPartners(objects, (row) => walk(row, stage.walk(step), own));
      const inputs: Record<string, tf.Tensor> = takeRows(data, rows);
      const noise = () => seededNormal([rows.length, network.codeSize], own);
      modalities.forEach((_, v) => {
        if (options.codes === 'samples' || options.superfluous === 'categorical') inputs[`e${v}`] = noise();
        if (options.superfluous === 'categorical') inputs[`g${v}`] = noise();
      });
      return { inputs, dispose: () => tf.dispose(inputs) };
    },
  };
}

/** Samples `x0`, ..., masks `m0`, ... of modalities that some objects lack, and targets `t0`, ... */
function trainingData(
  { modalities }: TrainingContext,
  targets: readonly SampleArray[] | undefined,
): Record<string, SampleArray> {
  const data: Record<string, SampleArray> = {};
  modalities.forEach(({ features, present }, v) => {
    data[`x${v}`] = sampleArray(features);
    if (present !== undefined)
      data[`m${v}`] = { shape: [present.length, 1], values: Float32Array.from(present) };
    const target = targets?.[v];
    if (target !== undefined) data[`t${v}`] = target;
  });
  return data;
}

/** A matrix as training takes it. */
export function sampleArray({ rows, columns, values }: DenseMatrix<Float32Array>): SampleArray {
  return { shape: [rows, columns], values };
}
