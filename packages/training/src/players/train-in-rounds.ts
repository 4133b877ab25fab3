import { CrossmodalError, type FitOptions } from '@crossmodal/core';
import type { BatchSource } from '../batches/batch-source.js';
import type { Trainer } from './trainer.js';

/** Options of {@link trainInRounds}. */
export interface RoundsOptions<Batch> extends Pick<FitOptions, 'signal' | 'onProgress'> {
  /** Steps of all rounds together, 0 or more. */
  readonly steps: number;
  /** Steps of a round, 1 or more; the last one may be shorter. */
  readonly every: number;
  /** Stage in the history and in progress events. @defaultValue 'train' */
  readonly phase?: string;
  /**
   * The data of a round, whose batches are counted from 0, such as samples with targets that come from the network as it is.
   *
   * @param first - first step of the round
   */
  readonly batches: (first: number) => Promise<BatchSource<Batch>> | BatchSource<Batch>;
}

/**
 * Runs a trainer in rounds, each on data of its own: targets that are computed anew every so many steps. Steps, rates and weights are counted through
 * all rounds.
 *
 * @throws CrossmodalError `option` when a round has no step; what {@link Trainer.run} throws.
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * import { createTrainer, fullBatch, player, sgd } from '@crossmodal/training';
 * const w = tf.variable(tf.scalar(0));
 * const model = { trainable: [w], variables: [w], dispose: () => w.dispose() };
 * const trainer = createTrainer({
 *   modules: [model],
 *   players: [
 *     player({
 *       name: 'follower',
 *       groups: [{ modules: [model], optimiser: sgd(), rate: 0.5 }],
 *       forward: ({ target }: { readonly target: tf.Tensor }) => tf.sub(w, target),
 *       terms: [{ name: 'error', weight: 1, value: (error) => tf.sum(tf.square(error)) as tf.Scalar }],
 *     }),
 *   ],
 * });
 * const batches = (first: number) => fullBatch({ target: tf.scalar(first) });
 * await trainInRounds(trainer, { steps: 6, every: 3, batches });
 * console.log(w.dataSync()[0]); // 3, the target of the second round
 * trainer.dispose();
 * w.dispose();
 * ```
 */
export async function trainInRounds<Batch>(
  trainer: Trainer<Batch>,
  { steps, every, batches, ...loop }: RoundsOptions<Batch>,
): Promise<void> {
  if (!Number.isInteger(every) || every < 1) {
    throw new CrossmodalError({
      code: 'option',
      where: "trainInRounds option 'every'",
      expected: 'an integer of 1 or more',
      received: String(every),
    });
  }
  for (let first = 0; first < steps; first += every) {
    await trainer.run({
      ...loop,
      batches: await batches(first),
      steps: Math.min(every, steps - first),
      stage: { first, total: steps },
    });
  }
}
