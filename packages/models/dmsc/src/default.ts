import { graphReadout, type ResolvedOptions, type Training } from '@crossmodal/method';
import { graphReadoutOptions, subspaceInputs, subspacePlayers, trainByBlocks } from '@crossmodal/subspace';
import { blockOptions } from './options.js';
import type { DmscTypes } from './types.js';

/** Images in [0, 1], vectors of unit variance. */
export const defaultInputs = subspaceInputs<DmscTypes>('unit');

/** Exact coefficients and networks in turn. */
export const defaultTraining: Training<DmscTypes, ResolvedOptions<typeof blockOptions>> = {
  options: blockOptions,
  stages: [
    {
      name: 'blocks',
      players: ({ epochs }) => subspacePlayers({ steps: epochs }),
      run: (fit, options) => trainByBlocks(fit, options),
    },
  ],
};

/** Mean of four graphs of the latents. */
export const defaultReadout = graphReadout({ options: graphReadoutOptions });
