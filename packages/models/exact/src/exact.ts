import {
  defineMethod,
  graphReadout,
  joinedLatents,
  withoutNetwork,
  withoutTraining,
  type GraphOptions,
} from '@crossmodal/method';
import { exactInputs } from './inputs.js';
import { readoutOptions, type ReadoutOptions } from './options.js';
import type { ExactTypes } from './types.js';

/** `exact` as a value: features, graphs, spectral clustering. */
export const exact = defineMethod<ExactTypes>({
  name: 'exact',
  creator: 'createExact',
  version: 3,
  data: 'paired',
  inputs: { default: exactInputs },
  network: {
    default: withoutNetwork((latents) => ({
      latents,
      get embedding() {
        return joinedLatents(latents);
      },
    })),
  },
  training: { default: withoutTraining() },
  readout: {
    default: {
      ...graphReadout({ options: readoutOptions, prepared: true, isolatedApart: true }),
      complete: ({ graphs, extraEigenvectors }: ReadoutOptions): Partial<GraphOptions> => ({
        extraEigenvectors: extraEigenvectors ?? (graphs === 'F2' ? 8 : 12),
      }),
    },
  },
});
