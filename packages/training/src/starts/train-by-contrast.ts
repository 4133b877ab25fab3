import type { FitOptions } from '@crossmodal/core';
import { contrastive } from '@crossmodal/losses';
import type { Module, tf } from '@crossmodal/tensors';
import type { BatchSource } from '../batches/batch-source.js';
import { splitPartners } from '../batches/split-partners.js';
import type { FitLoopResult } from '../fit-loop.js';
import { adam } from '../optimisers/adam.js';
import { player } from '../players/player.js';
import { createTrainer } from '../players/trainer.js';
import { cosine } from '../schedules/cosine.js';

/** Options of {@link trainByContrast}. */
export interface ContrastTrainingOptions<Batch> extends Pick<FitOptions, 'signal' | 'onProgress'> {
  /** What moves, such as encoders and the attention that fuses their latents. */
  readonly modules: readonly Module[];
  /** What is put back into its last good state when the contrast is not finite. @defaultValue `modules` */
  readonly restorable?: readonly Pick<Module, 'variables'>[];
  /** Applies the network to a batch, in tensor operations only: the representation of each row, shape `[2m, q]`. */
  readonly represent: (batch: Batch) => tf.Tensor2D;
  /** Batches in which row `m + i` is a partner of row i, such as those of {@link pairBatches} with nearest neighbours. */
  readonly batches: BatchSource<Batch>;
  /** Steps, 1 or more. */
  readonly steps: number;
  /** Adam's rate, at the start of a cosine to 0. */
  readonly rate: number;
  /** Divides cosines, above 0. @defaultValue 0.5 */
  readonly temperature?: number;
  /** Stage in the history and in progress events. @defaultValue 'contrast' */
  readonly phase?: string;
}

/**
 * Gives a network a start without labels: the representations of partners, such as nearest neighbours, are drawn together and those of other rows of a batch
 * apart, by {@link contrastive}. A modality that is noise does not help with that, so attention that is trained here leaves it out.
 *
 * @throws DivergedError when the contrast is not finite, with the last good state put back; CrossmodalError `aborted` when the signal fires.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { mlp } from '@crossmodal/encoders';
 * import { pairBatches } from '@crossmodal/training';
 * const random = randomSource(1);
 * const encoder = mlp({ inputSize: 2, layers: [{ units: 4, activation: 'linear' }], random });
 * const x = { shape: [4, 2], values: Float32Array.of(0, 1, 0, 0.9, 1, 0, 0.9, 0) };
 * const neighbours = { count: 1, indices: Int32Array.of(1, 0, 3, 2) };
 * const { history } = await trainByContrast({
 *   modules: [encoder],
 *   represent: (batch) => encoder.apply(batch.x, { training: true }) as tf.Tensor2D,
 *   batches: pairBatches({ data: { x }, neighbours, batchSize: 4, random }),
 *   steps: 20,
 *   rate: 0.05,
 * });
 * console.log(history.at(-1)!.losses['contrast']); // less than at the start
 * encoder.dispose();
 * ```
 */
export async function trainByContrast<Batch>({
  modules,
  restorable = modules,
  represent,
  batches,
  steps,
  rate,
  temperature = 0.5,
  phase = 'contrast',
  ...watch
}: ContrastTrainingOptions<Batch>): Promise<FitLoopResult> {
  const trainer = createTrainer<Batch>({
    modules: restorable,
    players: [
      player({
        name: 'network',
        groups: [{ modules, optimiser: adam(), rate: cosine({ rate, steps }) }],
        forward: (batch: Batch) => splitPartners(represent(batch)),
        terms: [
          {
            name: 'contrast',
            weight: 1,
            value: ([samples, partners]) => contrastive(samples, partners, { temperature }),
          },
        ],
      }),
    ],
  });
  try {
    return await trainer.run({ batches, steps, phase, ...watch });
  } finally {
    trainer.dispose();
  }
}
