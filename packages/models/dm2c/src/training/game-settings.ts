import type { CycleConsistencyOptions, Reduction } from '@crossmodal/losses';
import type { Schedule } from '@crossmodal/training';

/** How Algorithm 1 is run. */
export interface GameSettings {
  /** Times through the data, of the autoencoders alone, by Adam. */
  readonly pretraining: {
    readonly epochs: number;
    readonly encoderRate: number;
    readonly decoderRate: number;
  };
  /** Times through the data, of all players in turn, by RMSprop. */
  readonly epochs: number;
  /** Samples of each modality per step; no more than there are. */
  readonly batchSize: number;
  readonly encoderRate: number;
  readonly decoderRate: number;
  readonly criticRate: number;
  /** By the number of steps of the game, 1 or more. */
  readonly generatorRate: (steps: number) => Schedule | number;
  /** Steps of the critics for each of the others. */
  readonly critics: number;
  /** Steps of the critics before the game. */
  readonly criticWarmup: number;
  readonly clip: number;
  readonly adversarial: boolean;
  readonly weights: { readonly adversarial: number; readonly cycle: number; readonly reconstruction: number };
  readonly cycle: CycleConsistencyOptions;
  /** How squared errors are reduced; `relative` divides them by the variance of the features. */
  readonly reconstruction: { readonly reduction: Reduction; readonly relative: boolean };
}

/** Options that mean the same in every training. */
export interface SharedGameOptions {
  readonly epochs: number;
  readonly batchSize: number;
  readonly critics: number;
  readonly adversarial: boolean;
  readonly adversarialWeight: number;
  readonly cycleWeight: number;
  readonly reconstructionWeight: number;
  readonly clip: number;
  readonly criticRate: number;
}

/** The settings that they decide. */
export function sharedSettings(options: SharedGameOptions) {
  const { epochs, batchSize, critics, adversarial, clip, criticRate } = options;
  const weights = {
    adversarial: options.adversarialWeight,
    cycle: options.cycleWeight,
    reconstruction: options.reconstructionWeight,
  };
  return { epochs, batchSize, critics, adversarial, clip, criticRate, weights };
}
