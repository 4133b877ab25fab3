import type { ResolvedOptions, Training } from '@crossmodal/method';
import { gameHelpers, gameStages, sharedSettings } from '../game-stages.js';
import { paperTrainingOptions, type commonOptions } from '../options.js';
import type { Dm2cTypes } from '../types.js';

type Options = ResolvedOptions<typeof commonOptions & typeof paperTrainingOptions>;

/** Algorithm 1 at the paper's rates, which stay as they are, without a warm-up of the critics. */
export const paperTraining: Training<Dm2cTypes, Options> = {
  options: paperTrainingOptions,
  unused: [{ when: { adversarial: false }, options: ['epochs', 'generatorRate', 'critics'] }],
  createHelpers: gameHelpers,
  stages: gameStages((options: Options) => {
    const { pretrainEpochs: epochs, autoencoderRate: rate, reduction, cycleNorm: norm } = options;
    const rates = { encoderRate: rate, decoderRate: rate };
    return {
      ...sharedSettings(options),
      ...rates,
      pretraining: { epochs, ...rates },
      generatorRate: () => options.generatorRate,
      criticWarmup: 0,
      cycle: { norm, reduction },
      reconstruction: { reduction, relative: false },
    };
  }),
};
