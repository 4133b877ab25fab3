import type { DenseMatrix, SampleArray } from '@crossmodal/core';
import { neighbourWalk } from '@crossmodal/self-expressive';
import { seededNormal, tf } from '@crossmodal/tensors';
import { minibatches, type BatchSource } from '@crossmodal/training';
import type { TrainingContext } from './training-context.js';

/** What {@link trainingBatches} takes besides the context. */
export interface BatchOptions {
  /** Names the draws: another label, other batches. */
  readonly label: string;
  /** Objects a step. */
  readonly batchSize: number;
  /** Steps of the walk to a partner, at each step of the training. */
  readonly walk: (step: number) => number;
  /** Targets of the clustering head for each modality, shape `[n, k]`. */
  readonly targets?: readonly SampleArray[] | undefined;
}

/** Batches of objects, followed by their partners where there are neighbours to draw them from, as the training terms name them. */
export function trainingBatches(context: TrainingContext, stage: BatchOptions): BatchSource {
  const { network, options, modalities } = context;
  const { batchSize, targets } = stage;
  const random = context.random.fork(stage.label);
  const source = minibatches({
    data: rowNumbers(modalities[0]!.features.rows),
    batchSize,
    dropLast: true,
    random,
  });
  const lists = modalities.flatMap(({ neighbours }) => (neighbours === undefined ? [] : [neighbours]));
  const walk =
    lists.length === modalities.length
      ? neighbourWalk(
          lists,
          modalities.map(({ weight }) => weight),
        )
      : undefined;
  const coded = options.codes === 'samples' || options.superfluous === 'categorical';
  return {
    batch(step) {
      const own = random.fork(`step ${step}`);
      const objects = source.rows(step);
      const rows =
        walk === undefined ? objects : withPartners(objects, (row) => walk(row, stage.walk(step), own));
      const inputs: Record<string, tf.Tensor> = {};
      modalities.forEach(({ features, present }, v) => {
        inputs[`x${v}`] = takeRows(features.values, features.columns, rows);
        if (present !== undefined) inputs[`m${v}`] = takeRows(Float32Array.from(present), 1, rows);
        const target = targets?.[v];
        if (target !== undefined) inputs[`t${v}`] = takeRows(target.values, target.shape[1]!, rows);
        if (coded) inputs[`e${v}`] = seededNormal([rows.length, network.codeSize], own);
        if (options.superfluous === 'categorical')
          inputs[`g${v}`] = seededNormal([rows.length, network.codeSize], own);
      });
      return { inputs, dispose: () => tf.dispose(inputs) };
    },
  };
}

/** A matrix as training takes it. */
export function sampleArray({ rows, columns, values }: DenseMatrix<Float32Array>): SampleArray {
  return { shape: [rows, columns], values };
}

/** Enough for the batches to know their rows; the modalities' own rows are taken with those of the partners. */
function rowNumbers(n: number): Record<string, SampleArray> {
  return { rows: { shape: [n], values: new Float32Array(n) } };
}

function withPartners(objects: Int32Array, partnerOf: (row: number) => number): Int32Array {
  const rows = new Int32Array(2 * objects.length);
  objects.forEach((row, i) => {
    rows[i] = row;
    rows[objects.length + i] = partnerOf(row);
  });
  return rows;
}

function takeRows(values: Float32Array, width: number, rows: Int32Array): tf.Tensor2D {
  const taken = new Float32Array(rows.length * width);
  rows.forEach((row, i) => taken.set(values.subarray(row * width, (row + 1) * width), i * width));
  return tf.tensor2d(taken, [rows.length, width]);
}
