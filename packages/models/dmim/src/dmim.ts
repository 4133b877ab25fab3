import { CrossmodalError } from '@crossmodal/core';
import { defineMethod, membershipReadout } from '@crossmodal/method';
import * as z from 'zod';
import { defaultInputs } from './inputs/default-inputs.js';
import { paperInputs } from './inputs/paper-inputs.js';
import { defaultNetwork, paperNetwork } from './network/dmim-networks.js';
import { defaultTraining } from './training/default-training.js';
import { paperTraining } from './training/paper-training.js';
import type { DmimTypes } from './types.js';

/** DMIM as a value: two recipes over the same parts. */
export const dmim = defineMethod<DmimTypes>({
  name: 'dmim',
  creator: 'createDmim',
  version: 2,
  data: 'paired',
  inputs: { default: defaultInputs, paper: paperInputs },
  network: { default: defaultNetwork, paper: paperNetwork },
  training: { default: defaultTraining, paper: paperTraining },
  readout: { memberships: membershipReadout },
  presets: {
    default: { inputs: 'default', network: 'default', training: 'default', readout: 'memberships' },
    paper: { inputs: 'paper', network: 'paper', training: 'paper', readout: 'memberships' },
  },
  parts: ['encoder'],
  replaces: { encoder: ['units'] },
  checkModalities(where, { length }) {
    if (length >= 2) return;
    throw new CrossmodalError({
      code: 'unsupported',
      where,
      // Mutual information is between two modalities.
      expected: 'two modalities or more',
      received: `${length}`,
      advice: 'Use exact or dmsc for one modality.',
    });
  },
  report: {
    schema: z.object({ modalityWeights: z.record(z.string(), z.number().min(0)) }),
    of: ({ prepared: { inputs, weights } }) => ({
      modalityWeights: Object.fromEntries(inputs.map(({ reduction }, v) => [reduction.name, weights[v]!])),
    }),
  },
});
