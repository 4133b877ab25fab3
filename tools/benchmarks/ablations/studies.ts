import { createCmscDcca } from '@crossmodal/cmsc-dcca';
import { createDm2c } from '@crossmodal/dm2c';
import { createDmim } from '@crossmodal/dmim';
import { createEamc } from '@crossmodal/eamc';
import type { Comparison, Variant } from './comparison.js';

/** A table of a paper, as variants of its method's default, or of what the table says. */
export type Study = Comparison & {
  /** The table it follows. */
  readonly table: string;
  readonly sets: readonly string[];
};

/** Table 4 of EAMC. */
const components: readonly Variant[] = [
  { name: 'EAMC', options: {} },
  { name: 'without adversary (EAMC_att)', options: { adversary: false } },
  { name: 'without attention (EAMC_adv)', options: { attention: false } },
  { name: 'without both (EAMC_none)', options: { adversary: false, attention: false } },
];

/** Terms of EAMC's clustering loss. */
const CLUSTERING_TERMS = ['separation', 'simplex', 'orthogonality'];

/** Table 5 of EAMC: the other terms of the clustering loss are left out. */
const terms: readonly Variant[] = [
  ['separation'],
  ['simplex'],
  ['separation', 'simplex'],
  ['separation', 'orthogonality'],
  ['simplex', 'orthogonality'],
  CLUSTERING_TERMS,
].map((names) => ({
  name: names.join(' + '),
  options: {
    terms: CLUSTERING_TERMS.filter((name) => !names.includes(name)).map((name) => ({ name, weight: 0 })),
  },
}));

/** No contrast of neighbours, no k-means: the clustering loss alone has to find the clusters, as in the paper. */
const SCRATCH = { contrastEpochs: 0, headEpochs: 0, pairWeight: 0, encoderRate: 1e-3 };
/** DMIM's default when its tables were made: overclusters from random weights, as in the paper; one start a run. */
const RANDOM_OVERCLUSTERS = {
  start: 'random',
  walk: 8,
  overclusteringSteps: 240,
  restarts: 1,
  steps: 120,
} as const;
const IMAGES = ['digits', 'fashion'];
const ONE_PLANTED = ['digits', 'planted'];

/** Every ablation of the papers. */
export const studies: readonly Study[] = [
  {
    name: 'eamc-components',
    table: 'EAMC, Table 4: components',
    kind: 'paired',
    sets: IMAGES,
    variants: components,
    create: (options) => createEamc(options),
  },
  {
    name: 'eamc-terms',
    table: 'EAMC, Table 5: terms of the clustering loss, trained from scratch',
    kind: 'paired',
    sets: ONE_PLANTED,
    variants: terms,
    create: (options) => createEamc({ ...SCRATCH, ...options }),
  },
  {
    name: 'cmsc-dcca',
    table: 'CMSC-DCCA, Table 3: parts',
    kind: 'paired',
    sets: IMAGES,
    variants: [
      { name: 'CMSC-DCCA', options: {} },
      { name: 'without correlation', options: { correlation: false } },
      { name: 'without self-expression', options: { selfExpression: false } },
      { name: 'without decoder', options: { decoder: false } },
    ],
    create: (options) => createCmscDcca(options),
  },
  {
    name: 'dmim-parts',
    table: 'DMIM, Table 3: parts, from one random start',
    kind: 'paired',
    sets: ONE_PLANTED,
    variants: [
      { name: 'DMIM', options: {} },
      { name: 'without Over', options: { overclustering: false } },
      { name: 'without SIE', options: { superfluous: 'none' } },
      { name: 'without Over & SIE', options: { overclustering: false, superfluous: 'none' } },
      { name: 'without uniform targets', options: { uniform: 'none' } },
    ],
    create: (options) => createDmim({ ...RANDOM_OVERCLUSTERS, ...options }),
  },
  {
    name: 'dmim-factor',
    table: 'DMIM, Figure 4: overclusters for each cluster, from one random start',
    kind: 'paired',
    sets: ONE_PLANTED,
    variants: [1, 2, 5, 20].map((factor) => ({
      name: String(factor),
      options: { overclusteringFactor: factor },
    })),
    create: (options) => createDmim({ ...RANDOM_OVERCLUSTERS, ...options }),
  },
  {
    name: 'dm2c',
    table: 'DM2C, Table 4: adversarial learning and unification',
    kind: 'mixed',
    sets: ['digits', 'wikipedia'],
    variants: [
      { name: 'DM2C', options: {} },
      { name: 'without unification', options: { unify: false } },
      { name: 'without both', options: { unify: false, adversarial: false } },
      { name: 'without adversarial learning', options: { adversarial: false } },
      { name: 'generators from random starts', options: { alignment: 'none' } },
    ],
    create: (options) => createDm2c(options),
  },
];
