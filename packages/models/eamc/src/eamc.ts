import { defineMethod, membershipReadout } from '@crossmodal/method';
import * as z from 'zod';
import { defaultInputs } from './default/inputs.js';
import { defaultNetwork } from './default/network.js';
import { defaultTraining } from './default/training.js';
import { partOptions } from './options.js';
import { paperInputs } from './paper/inputs.js';
import { paperNetwork } from './paper/network.js';
import { paperTraining } from './paper/training.js';
import type { EamcTypes } from './types.js';

/** EAMC as a value: two recipes over the same parts. */
export const eamc = defineMethod<EamcTypes>({
  name: 'eamc',
  creator: 'createEamc',
  version: 2,
  data: 'paired',
  options: partOptions,
  inputs: { default: defaultInputs, paper: paperInputs },
  network: { default: defaultNetwork, paper: paperNetwork },
  training: { default: defaultTraining, paper: paperTraining },
  readout: { memberships: membershipReadout },
  presets: {
    default: { inputs: 'default', network: 'default', training: 'default', readout: 'memberships' },
    paper: { inputs: 'paper', network: 'paper', training: 'paper', readout: 'memberships' },
  },
  parts: ['encoders', 'fusion'],
  replaces: { fusion: ['attention', 'temperature'] },
  unused: [
    { when: { adversary: false }, options: ['adversaryWeight', 'discriminatorRate', 'generatorSteps'] },
    { when: { attention: false }, options: ['temperature', 'attentionWeight', 'attentionRate'] },
  ],
  report: {
    schema: z.object({
      modalityWeights: z.record(z.string(), z.number()),
      // The loss of a run that diverged is infinite.
      runLosses: z.array(z.union([z.number(), z.literal(Infinity)])),
    }),
    async of({ network, prepared }, _options, runLosses) {
      const weights = await network.modalityWeights.data();
      return {
        modalityWeights: Object.fromEntries(
          prepared.map(({ frontEnd: { input } }, v) => [input.name, weights[v]!]),
        ),
        runLosses: [...runLosses],
      };
    },
  },
});
