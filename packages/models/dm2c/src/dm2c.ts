import { CrossmodalError, type Modality } from '@crossmodal/core';
import { checkComplete, defineMethod, type ResolvedOptions } from '@crossmodal/method';
import * as z from 'zod';
import { defaultInputs } from './default/inputs.js';
import { defaultNetwork } from './default/network.js';
import { defaultTraining } from './default/training.js';
import { commonOptions, kMeansOptions, paperReadoutOptions } from './options.js';
import { paperInputs } from './paper/inputs.js';
import { paperNetwork } from './paper/network.js';
import { paperTraining } from './paper/training.js';
import { unifiedKMeans } from './readouts/k-means.js';
import { suitedReadout } from './readouts/suited-readout.js';
import { unifiedGraph } from './readouts/unified-graph.js';
import type { Dm2cTypes } from './types.js';

/** DM2C as a value: two recipes over the same parts. */
export const dm2c = defineMethod<Dm2cTypes>({
  name: 'dm2c',
  creator: 'createDm2c',
  version: 2,
  data: 'mixed',
  options: commonOptions,
  inputs: { default: defaultInputs, paper: paperInputs },
  network: { default: defaultNetwork, paper: paperNetwork },
  training: { default: defaultTraining, paper: paperTraining },
  readout: {
    auto: suitedReadout,
    graph: unifiedGraph,
    'k-means': unifiedKMeans(kMeansOptions),
    paper: unifiedKMeans(paperReadoutOptions),
  },
  presets: {
    default: { inputs: 'default', network: 'default', training: 'default', readout: 'auto' },
    paper: { inputs: 'paper', network: 'paper', training: 'paper', readout: 'paper' },
  },
  parts: ['encoders', 'critic'],
  unused: [
    {
      when: { adversarial: false },
      options: ['adversarialWeight', 'cycleWeight', 'cycleNorm', 'clip', 'criticRate', 'critic'],
    },
  ],
  check({ adversarial, adversarialWeight, cycleWeight }: ResolvedOptions<typeof commonOptions>) {
    if (!adversarial || adversarialWeight > 0 || cycleWeight > 0) return;
    throw new CrossmodalError({
      code: 'option',
      where: "createDm2c options 'adversarialWeight', 'cycleWeight'",
      expected: "one of them above 0, or 'adversarial' false",
      received: '0 and 0',
      advice: 'Generators without an objective do not train.',
    });
  },
  checkModalities(where, modalities, { clusters, fitting }) {
    if (fitting && modalities.length < 2) {
      throw new CrossmodalError({
        code: 'shape',
        where,
        expected: 'two modalities at least',
        received: String(modalities.length),
        advice: 'One modality can be clustered by itself.',
      });
    }
    checkComplete(where, modalities);
    if (fitting) checkClusters(where, modalities, clusters);
  },
  report: {
    schema: z.object({ anchor: z.string(), informative: z.array(z.string()) }),
    of({ prepared: { anchor, informative }, samples }) {
      const nameOf = (v: number) => samples[v]!.name;
      return { anchor: nameOf(anchor), informative: informative.map(nameOf) };
    },
  },
});

function checkClusters(where: string, modalities: readonly Modality[], clusters: number): void {
  const small = modalities.find(({ features }) => features.rows < clusters);
  if (small === undefined) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option 'clusters'`,
    expected: `no more clusters than samples of each modality: ${small.features.rows} of '${small.name}'`,
    received: String(clusters),
  });
}
