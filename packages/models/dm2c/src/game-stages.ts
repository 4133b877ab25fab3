import { createCycleTraining, type CycleSettings, type CycleTraining } from '@crossmodal/alignment';
import type { Fit, ResolvedOptions, Stage, StagePlayers } from '@crossmodal/method';
import type { commonOptions, defaultTrainingOptions } from './options.js';
import type { Dm2cTypes, GameHelpers } from './types.js';

/**
 * Algorithm 1: autoencoders are pre-trained (stage `pretrain`), then critics alone for some steps (`critics`), then all players in turn (`train`).
 *
 * @param settingsOf - the settings that options ask for
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, Algorithm 1
 */
export function gameStages<Options extends StageOptions>(
  settingsOf: (options: Options) => CycleSettings,
): readonly Stage<Dm2cTypes, Options>[] {
  const training = ({ network, samples, prepared, terms, helpers }: Fit<Dm2cTypes>, options: Options) =>
    helpers.training(() => {
      const playing = prepared.informative;
      return createCycleTraining({ network, samples, playing, settings: settingsOf(options), terms });
    });
  return (['pretrain', 'critics', 'train'] as const).map((name) => ({
    name,
    players: (options) => playersOf(name, options),
    run: (fit, options) =>
      training(fit, options)[name]({
        ...fit.watch,
        random: fit.random.fork('training').fork(name),
        phase: `${fit.label}${name}`,
      }),
  }));
}

/** What decides which stages there are. */
type StageOptions = Pick<
  ResolvedOptions<typeof commonOptions & typeof defaultTrainingOptions>,
  'adversarial' | 'pretrainEpochs' | 'epochs'
>;

/** The critics' warm-up is a part of the game, whose players know all changes to terms. */
function playersOf(
  stage: 'pretrain' | 'critics' | 'train',
  { adversarial, pretrainEpochs, epochs }: StageOptions,
): StagePlayers {
  const autoencoders = ['reconstruction'];
  if (stage === 'pretrain') return pretrainEpochs === 0 ? {} : { autoencoders };
  if (!adversarial || epochs === 0) return {};
  return { autoencoders, critics: ['critic'], generators: ['adversarial', 'cycle'] };
}

/** One training for all stages; the optimisers of one that diverged start anew, so it has no variables to keep. */
export function gameHelpers(): GameHelpers {
  let training: CycleTraining | undefined;
  return {
    variables: [],
    training: (create) => (training ??= create()),
    dispose: () => training?.dispose(),
  };
}

type SharedOptions = ResolvedOptions<typeof commonOptions> &
  Pick<ResolvedOptions<typeof defaultTrainingOptions>, 'epochs' | 'batchSize' | 'critics'>;

/** The settings that mean the same in both trainings. */
export function sharedSettings(options: SharedOptions) {
  const { adversarial, batchSize, critics, clip, criticRate } = options;
  const epochs = adversarial ? options.epochs : 0;
  const weights = {
    adversarial: options.adversarialWeight,
    cycle: options.cycleWeight,
    reconstruction: options.reconstructionWeight,
  };
  return { epochs, batchSize, critics, clip, criticRate, weights };
}
