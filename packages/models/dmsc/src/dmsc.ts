import { checkComplete, defineMethod, type ModalityCheck, type ResolvedOptions } from '@crossmodal/method';
import { defaultInputs, defaultReadout, defaultTraining } from './default.js';
import { defaultNetwork, paperNetwork } from './network.js';
import { fusionOptions, networkOptions } from './options.js';
import { paperInputs, paperReadout, paperTraining } from './paper.js';
import type { DmscTypes } from './types.js';

type FusionChoice = ResolvedOptions<typeof fusionOptions>;

/** DMSC as a value: two recipes over the same parts. */
export const dmsc = defineMethod<DmscTypes>({
  name: 'dmsc',
  creator: 'createDmsc',
  version: 2,
  data: 'paired',
  options: fusionOptions,
  inputs: { default: defaultInputs, paper: paperInputs },
  network: { default: defaultNetwork, paper: paperNetwork },
  training: { default: defaultTraining, paper: paperTraining },
  readout: { default: defaultReadout, paper: paperReadout },
  presets: {
    default: { inputs: 'default', network: 'default', training: 'default', readout: 'default' },
    paper: { inputs: 'paper', network: 'paper', training: 'paper', readout: 'paper' },
  },
  parts: ['encoders', 'fusion'],
  replaces: { fusion: ['fusionFunction', ...Object.keys(networkOptions)] },
  unused: [{ when: { fusion: 'affinity' }, options: ['fusionFunction'] }],
  complete: ({ fusion, fusionFunction = 'concat' }: FusionChoice) =>
    fusion === undefined || fusion === 'affinity' ? {} : { fusionFunction },
  checkModalities(where, modalities, { options }: ModalityCheck<FusionChoice>) {
    if (options.fusion === undefined || options.fusion === 'affinity') return;
    const advice = "Use fusion 'affinity', or leave those samples out.";
    checkComplete(where, modalities, `for ${options.fusion} fusion`, advice);
  },
});
