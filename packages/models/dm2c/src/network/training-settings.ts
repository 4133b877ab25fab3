import type { Reduction } from '@crossmodal/losses';
import { adam, cosine, type Optimiser, type Schedule } from '@crossmodal/training';
import type { ResolvedDm2cOptions } from '../dm2c-options.js';

/** How a preset trains. */
export interface TrainingSettings {
  readonly pretraining: {
    readonly epochs: number;
    readonly optimiser: Optimiser;
    readonly encoderRate: number;
    readonly decoderRate: number;
  };
  readonly epochs: number;
  readonly batchSize: number;
  /** RMSprop's rates in Algorithm 1. */
  readonly encoderRate: number;
  readonly decoderRate: number;
  readonly criticRate: number;
  /** By the number of the run, of all runs. */
  readonly generatorRate: (runs: number) => Schedule | number;
  readonly critics: number;
  readonly criticWarmup: number;
  readonly clip: number;
  readonly weights: { readonly adversarial: number; readonly cycle: number; readonly reconstruction: number };
  readonly cycle: { readonly norm: 'l1' | 'l2'; readonly reduction: Reduction };
  /** How squared errors are reduced; `relative` divides by the variance of the features. */
  readonly reconstruction: { readonly reduction: Reduction; readonly relative: boolean };
}

/** Shares of the rates of pre-training that autoencoders keep in Algorithm 1: the maps hold for the latents as they are. */
const LATER_ENCODER = 0.01;
const LATER_DECODER = 0.1;

/** The settings that options ask for. */
export function trainingSettings(options: ResolvedDm2cOptions): TrainingSettings {
  const { pretrainEpochs, epochs, batchSize, criticRate, critics, clip } = options;
  const shared = {
    epochs,
    batchSize,
    criticRate,
    critics,
    clip,
    weights: {
      adversarial: options.adversarialWeight,
      cycle: options.cycleWeight,
      reconstruction: options.reconstructionWeight,
    },
  };
  if (options.preset === 'paper') {
    const { autoencoderRate: rate, generatorRate, reduction, cycleNorm: norm } = options;
    return {
      ...shared,
      pretraining: { epochs: pretrainEpochs, optimiser: adam(), encoderRate: rate, decoderRate: rate },
      encoderRate: rate,
      decoderRate: rate,
      generatorRate: () => generatorRate,
      criticWarmup: 0,
      cycle: { norm, reduction },
      reconstruction: { reduction, relative: false },
    };
  }
  const { encoderRate, decoderRate, generatorRate } = options;
  return {
    ...shared,
    pretraining: { epochs: pretrainEpochs, optimiser: adam(), encoderRate, decoderRate },
    encoderRate: LATER_ENCODER * encoderRate,
    decoderRate: LATER_DECODER * decoderRate,
    generatorRate: (runs) => cosine({ rate: generatorRate, steps: runs }),
    criticWarmup: options.criticWarmup,
    cycle: { norm: options.cycleNorm, reduction: 'mean' },
    reconstruction: { reduction: 'mean', relative: true },
  };
}
