import type { RandomSource } from '@crossmodal/core';
import type { NearestNeighbours } from '@crossmodal/self-expressive';
import { tf } from '@crossmodal/tensors';
import { minibatches, type Minibatches, type SampleArray } from '@crossmodal/training';

/** What {@link pairBatches} takes. */
export interface PairBatchOptions {
  readonly data: Readonly<Record<string, SampleArray>>;
  readonly neighbours: NearestNeighbours;
  /** Samples a step before their partners are added. */
  readonly batchSize: number;
  readonly random: RandomSource;
}

/** Minibatches in which row m + i is a neighbour of row i, drawn anew at every step; without neighbours it is the row itself. */
export function pairBatches({ data, neighbours, batchSize, random }: PairBatchOptions): Minibatches {
  const { count, indices } = neighbours;
  const anchors = minibatches({ data, batchSize, dropLast: true, random: random.fork('anchors') });
  const rows = (step: number): Int32Array => {
    const chosen = anchors.rows(step);
    const draws = random.fork(`partners ${step}`);
    const both = new Int32Array(2 * chosen.length);
    both.set(chosen);
    chosen.forEach((row, i) => {
      both[chosen.length + i] = count === 0 ? row : indices[row * count + draws.integer(count)]!;
    });
    return both;
  };
  return {
    stepsPerEpoch: anchors.stepsPerEpoch,
    rows,
    batch(step) {
      const chosen = rows(step);
      const inputs: Record<string, tf.Tensor> = {};
      for (const [name, { shape, values }] of Object.entries(data)) {
        const width = values.length / shape[0]!;
        const taken = new Float32Array(chosen.length * width);
        chosen.forEach((row, i) => taken.set(values.subarray(row * width, (row + 1) * width), i * width));
        inputs[name] = tf.tensor(taken, [chosen.length, ...shape.slice(1)]);
      }
      return { inputs, dispose: () => tf.dispose(inputs) };
    },
  };
}
