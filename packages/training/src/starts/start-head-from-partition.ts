import { checkPartition, type DenseMatrix, type FitOptions, type RandomSource } from '@crossmodal/core';
import { crossEntropy } from '@crossmodal/losses';
import type { Module, TensorsOf, tf } from '@crossmodal/tensors';
import { minibatches } from '../batches/minibatches.js';
import type { FitLoopResult } from '../fit-loop.js';
import { adam } from '../optimisers/adam.js';
import { player } from '../players/player.js';
import { createTrainer } from '../players/trainer.js';

/** Options of {@link startHeadFromPartition}. */
export interface HeadStartOptions extends Pick<FitOptions, 'signal' | 'onProgress'> {
  /** Layers of the head, which move. */
  readonly modules: readonly Module[];
  /** Applies the head in training, `[m, q]` to logits `[m, clusters]`, in tensor operations only. */
  readonly logits: (z: tf.Tensor2D) => tf.Tensor2D;
  /** Cluster of each row, `0..clusters-1`, length `n`. */
  readonly partition: Int32Array;
  /** Clusters, one logit each. */
  readonly clusters: number;
  /** Steps, 0 or more. */
  readonly steps: number;
  /** Samples per step, `1..n`. */
  readonly batchSize: number;
  /** Adam's rate, constant. */
  readonly rate: number;
  /** Decides the batches. */
  readonly random: RandomSource;
  /** Stage in the history and in progress events. @defaultValue 'head' */
  readonly phase?: string;
}

/**
 * Gives a clustering head a start without labels: it learns, by cross entropy, a partition that was found in the representation. From random
 * weights, divergences and mutual information lock into whatever partition comes first.
 *
 * @param representation - what the head will see, shape `[n, q]`
 * @throws CrossmodalError `shape` when the partition has not one cluster for each row; `option` when one is not in `0..clusters-1`, or the batch
 * size is not in `1..n`; `aborted` when the signal fires;
 * DivergedError when the loss is not finite, with the last good state put back.
 * @example
 * ```ts
 * import { fromRows, randomSource } from '@crossmodal/core';
 * import { mlp } from '@crossmodal/encoders';
 * const random = randomSource(1);
 * const head = mlp({ inputSize: 2, layers: [{ units: 2, activation: 'linear' }], random });
 * const { history } = await startHeadFromPartition(fromRows([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]]), {
 *   modules: [head],
 *   logits: (z) => head.apply(z, { training: true }) as tf.Tensor2D,
 *   partition: Int32Array.of(0, 0, 1, 1),
 *   clusters: 2,
 *   steps: 40,
 *   batchSize: 4,
 *   rate: 0.1,
 *   random,
 * });
 * console.log(history.at(-1)!.losses['partition']); // nearly 0
 * head.dispose();
 * ```
 */
export async function startHeadFromPartition(
  representation: DenseMatrix,
  {
    modules,
    logits,
    partition,
    clusters,
    steps,
    batchSize,
    rate,
    random,
    phase = 'head',
    ...watch
  }: HeadStartOptions,
): Promise<FitLoopResult> {
  const { rows: n, columns, values: given } = representation;
  const values = given instanceof Float32Array ? given : Float32Array.from(given);
  checkPartition("startHeadFromPartition option 'partition'", partition, { rows: n, clusters });
  const targets = new Float32Array(n * clusters);
  partition.forEach((label, i) => (targets[i * clusters + label] = 1));
  const data = {
    z: { shape: [n, columns], values },
    targets: { shape: [n, clusters], values: targets },
  };
  const trainer = createTrainer<TensorsOf<typeof data>>({
    modules,
    players: [
      player({
        name: 'head',
        groups: [{ modules, optimiser: adam(), rate }],
        forward: ({ z, targets: wanted }) => ({ answers: logits(z as tf.Tensor2D), wanted }),
        terms: [
          {
            name: 'partition',
            weight: 1,
            value: ({ answers, wanted }) => crossEntropy(answers, wanted as tf.Tensor2D),
          },
        ],
      }),
    ],
  });
  try {
    const batches = minibatches({ data, batchSize, dropLast: true, random: random.fork('head') });
    return await trainer.run({ batches, steps, phase, ...watch });
  } finally {
    trainer.dispose();
  }
}
