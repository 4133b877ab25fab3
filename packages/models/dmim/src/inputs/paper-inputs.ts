import { presenceOf } from '@crossmodal/core';
import type { Preparation, ResolvedOptions } from '@crossmodal/method';
import { equalWeights } from '@crossmodal/self-expressive';
import { fitPca } from '@crossmodal/transforms';
import { inputOptions } from '../options.js';
import type { DmimTypes } from '../types.js';
import { appliedInputs, centred, componentCount, fittedInput, preparedData } from './dmim-input.js';

/** Principal components as they are; modalities weigh the same, and objects have no neighbours. */
export const paperInputs: Preparation<DmimTypes, ResolvedOptions<typeof inputOptions>> = {
  ...appliedInputs,
  options: inputOptions,
  unused: [{ when: { reduction: 'pad' }, options: ['width'] }],
  async fit(modalities, { options: { reduction, width }, random, pause }) {
    await pause('prepare', 0, 1);
    const fitted = modalities.map((modality, v) => {
      const { features } = modality;
      const present = presenceOf(modality);
      if (reduction === 'pad') return fittedInput(modality, centred(features, present));
      const components = componentCount(features, width, present);
      const own = random.fork('inputs').fork(`modality ${v}`).fork('pca');
      const transform = fitPca(features, { components, random: own, present });
      return fittedInput(modality, { transform, features: transform.apply(features, present) });
    });
    await pause('prepare', 1, 1);
    return preparedData(modalities, fitted, equalWeights(modalities.length));
  },
};
