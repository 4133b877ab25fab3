import { CrossmodalError } from '@crossmodal/core';
import { defineMethod, type ModalityCheck, type ResolvedOptions } from '@crossmodal/method';
import { defaultReadout, defaultTraining, inputs } from './default.js';
import { defaultNetwork, paperNetwork } from './network.js';
import { partOptions } from './options.js';
import { paperReadout, paperTraining } from './paper.js';
import type { CmscDccaTypes } from './types.js';

type Parts = ResolvedOptions<typeof partOptions> & { readonly selfExpressionWeight: number };

/** CMSC-DCCA as a value: two recipes over the same parts. */
export const cmscDcca = defineMethod<CmscDccaTypes>({
  name: 'cmsc-dcca',
  creator: 'createCmscDcca',
  version: 2,
  data: 'paired',
  options: partOptions,
  inputs: { default: inputs },
  network: { default: defaultNetwork, paper: paperNetwork },
  training: { default: defaultTraining, paper: paperTraining },
  readout: { default: defaultReadout, paper: paperReadout },
  presets: {
    default: { inputs: 'default', network: 'default', training: 'default', readout: 'default' },
    paper: { inputs: 'default', network: 'paper', training: 'paper', readout: 'paper' },
  },
  parts: ['encoders'],
  check({ correlation, correlationWeight, selfExpression, selfExpressionWeight, decoder }: Parts) {
    const correlates = correlation && correlationWeight > 0;
    if (correlates || (selfExpression && selfExpressionWeight > 0) || decoder) return;
    throw new CrossmodalError({
      code: 'option',
      where: "createCmscDcca options 'correlation', 'selfExpression', 'decoder'",
      expected: 'one of them at least, with a weight above 0',
      received: 'none',
      advice: 'Encoders without an objective do not train.',
    });
  },
  unused: [{ when: { correlation: false }, options: ['correlationWeight', 'correlationRidge'] }],
  checkModalities(where, { length }, { options, fitting }: ModalityCheck<Parts>) {
    if (!fitting || !options.correlation || length >= 2) return;
    throw new CrossmodalError({
      code: 'unsupported',
      where,
      expected: 'two modalities at least, to correlate',
      received: String(length),
      advice: 'Use correlation: false, or a method for one modality.',
    });
  },
});
