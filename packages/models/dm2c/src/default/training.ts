import type { ResolvedOptions, Training } from '@crossmodal/method';
import { cosine } from '@crossmodal/training';
import { gameHelpers, gameStages, sharedSettings } from '../game-stages.js';
import { defaultTrainingOptions, type commonOptions } from '../options.js';
import type { Dm2cTypes } from '../types.js';

type Options = ResolvedOptions<typeof commonOptions & typeof defaultTrainingOptions>;

/** Shares of the rates of pre-training that autoencoders keep in Algorithm 1: the maps hold for the latents as they are. */
const LATER_ENCODER = 0.01;
const LATER_DECODER = 0.1;

/** Algorithm 1 at small rates, which refine what the network starts from; errors relative to the variance of the features. */
export const defaultTraining: Training<Dm2cTypes, Options> = {
  options: defaultTrainingOptions,
  unused: [{ when: { adversarial: false }, options: ['epochs', 'generatorRate', 'critics', 'criticWarmup'] }],
  createHelpers: gameHelpers,
  stages: gameStages((options: Options) => {
    const { pretrainEpochs: epochs, encoderRate, decoderRate, generatorRate: rate } = options;
    return {
      ...sharedSettings(options),
      pretraining: { epochs, encoderRate, decoderRate },
      encoderRate: LATER_ENCODER * encoderRate,
      decoderRate: LATER_DECODER * decoderRate,
      generatorRate: (steps) => cosine({ rate, steps }),
      criticWarmup: options.criticWarmup,
      cycle: { norm: options.cycleNorm, reduction: 'mean' },
      reconstruction: { reduction: 'mean', relative: true },
    };
  }),
};
