import { presenceOf } from '@crossmodal/core';
import type { Preparation, ResolvedOptions } from '@crossmodal/method';
import { equalWeights } from '@crossmodal/self-expressive';
import { inputOptions } from '../options.js';
import type { DmimTypes } from '../types.js';
import { appliedInputs } from './dmim-input.js';
import { fittedInput, preparedData } from './fitted-input.js';
import { centred, components } from './reductions.js';

/** Principal components as they are; modalities weigh the same, and objects have no neighbours. */
export const paperInputs: Preparation<DmimTypes, ResolvedOptions<typeof inputOptions>> = {
  ...appliedInputs,
  options: inputOptions,
  async fit(modalities, { options: { reduction, width }, random, pause }) {
    await pause('prepare', 0, 1);
    const inputs = random.fork('inputs');
    const fitted = modalities.map((modality, v) => {
      const present = presenceOf(modality);
      const own = inputs.fork(`modality ${v}`).fork('pca');
      const reduced =
        reduction === 'pad'
          ? centred(modality.features, present)
          : components(modality.features, present, { width, random: own });
      return fittedInput(modality, reduced);
    });
    await pause('prepare', 1, 1);
    return preparedData(modalities, fitted, equalWeights(modalities.length));
  },
};
