import type { CycleConsistencyOptions, Reduction } from '@crossmodal/losses';
import type { Schedule } from '@crossmodal/training';

/** How {@link createCycleTraining} trains. */
export interface CycleSettings {
  /** Times through the data, of the autoencoders alone, and Adam's rates. */
  readonly pretraining: {
    readonly epochs: number;
    readonly encoderRate: number;
    readonly decoderRate: number;
  };
  /** Times through the data, of all players in turn; 0 plays no game. */
  readonly epochs: number;
  /** Samples of each modality per step; no more than there are. */
  readonly batchSize: number;
  /** RMSprop's rates in the game. */
  readonly encoderRate: number;
  readonly decoderRate: number;
  readonly criticRate: number;
  /** By the number of steps of the game, 1 or more. */
  readonly generatorRate: (steps: number) => Schedule | number;
  /** Steps of the critics for each of the others. */
  readonly critics: number;
  /** Steps of the critics before the game. */
  readonly criticWarmup: number;
  /** Largest size of a critic's weights. */
  readonly clip: number;
  /** Weights of the terms. */
  readonly weights: { readonly adversarial: number; readonly cycle: number; readonly reconstruction: number };
  /** Norm and reduction of the cycle consistency. */
  readonly cycle: CycleConsistencyOptions;
  /** How squared errors are reduced; `relative` divides them by the variance of the inputs. */
  readonly reconstruction: { readonly reduction: Reduction; readonly relative: boolean };
}
