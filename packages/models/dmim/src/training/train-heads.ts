import type { DenseMatrix } from '@crossmodal/core';
import type { Fit, StagePlayers } from '@crossmodal/method';
import { mainAdjustments, trainInRounds } from '@crossmodal/training';
import type { HeadOptions } from '../options.js';
import type { DmimTypes } from '../types.js';
import { dmimBatches, dmimTrainer, type DmimBatchOptions, type DmimTrainerOptions } from './dmim-step.js';
import { information, overclusteringInformation, superfluousNames, TARGETS } from './dmim-terms.js';

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
  /** Players of stages before. */
  readonly others?: readonly string[];
  /** Targets of each modality from a step on. @defaultValue none */
  readonly targets?: ((first: number) => Promise<readonly DenseMatrix<Float32Array>[]>) | undefined;
}

/**
 * The player of stage `train` and its terms.
 *
 * @param steps - those of the stage
 * @param targeted - whether there is a cross-entropy to targets
 */
export function headPlayers(
  { overclustering, superfluous }: HeadOptions,
  { steps, targeted }: { readonly steps: number; readonly targeted: boolean },
): StagePlayers {
  if (steps === 0) return {};
  const terms = [
    information.name,
    ...(overclustering ? [overclusteringInformation.name] : []),
    ...superfluousNames(superfluous),
    ...(targeted ? [TARGETS] : []),
  ];
  return { [NETWORK]: terms };
}

/** Stage `train`: steps on the whole network, in rounds that have targets of their own. */
export async function trainHeads(fit: Fit<DmimTypes>, training: HeadTraining): Promise<void> {
  const { steps, every, stream, others, targets, batchSize, partnerOf, ...objective } = training;
  const trainer = dmimTrainer(fit, {
    ...objective,
    name: NETWORK,
    modules: [fit.network],
    adjustments: mainAdjustments('createDmim', fit.terms, NETWORK, others),
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
