import type { DenseMatrix } from '@crossmodal/core';
import type { Fit, StagePlayers } from '@crossmodal/method';
import { mainAdjustments, trainInRounds } from '@crossmodal/training';
import type { DmimTypes } from '../types.js';
import { dmimBatches, dmimTrainer, type DmimBatchOptions, type DmimTrainerOptions } from './dmim-step.js';
import { OVERCLUSTERS } from './overclusters.js';

/** Name of the player. */
const NETWORK = 'network';

/** Options of {@link trainHeads}. */
export interface HeadTraining
  extends
    Omit<DmimTrainerOptions, 'name' | 'modules' | 'adjustments'>,
    Pick<DmimBatchOptions, 'batchSize' | 'partnerOf'> {
  /** Steps in all. */
  readonly steps: number;
  /** Steps between two computations of the targets. */
  readonly every: number;
  /** Begins the labels of the random streams. */
  readonly stream: string;
  /** Targets of each modality from a step on. @defaultValue none */
  readonly targets?: ((first: number) => Promise<readonly DenseMatrix<Float32Array>[]>) | undefined;
}

/** The player of stage `train` with the names of its terms. */
export function headPlayers(steps: number, terms: HeadTraining['terms']): StagePlayers {
  return steps === 0 ? {} : { [NETWORK]: terms.map(({ name }) => name) };
}

/** Stage `train`: steps on the whole network, in rounds that have targets of their own. */
export async function trainHeads(fit: Fit<DmimTypes>, training: HeadTraining): Promise<void> {
  const { steps, every, stream, targets, batchSize, partnerOf, ...objective } = training;
  const trainer = dmimTrainer(fit, {
    ...objective,
    name: NETWORK,
    modules: [fit.network],
    adjustments: mainAdjustments('createDmim', fit.terms, NETWORK, [OVERCLUSTERS]),
  });
  try {
    await trainInRounds(trainer, {
      steps,
      every,
      phase: `${fit.label}train`,
      batches: async (first) =>
        dmimBatches(fit, {
          options: objective.options,
          batchSize,
          random: fit.random.fork('training').fork(`${stream} ${first}`),
          partnerOf,
          targets: await targets?.(first),
        }),
      ...fit.watch,
    });
  } finally {
    trainer.dispose();
  }
}
