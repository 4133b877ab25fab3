import { createCmscDcca, type CmscDccaOptions } from '@crossmodal/cmsc-dcca';
import { createDm2c, type Dm2cOptions } from '@crossmodal/dm2c';
import { createDmim, type DmimOptions } from '@crossmodal/dmim';
import { createDmsc, type DmscOptions } from '@crossmodal/dmsc';
import { createEamc, type EamcOptions } from '@crossmodal/eamc';
import { createExact, type ExactOptions } from '@crossmodal/exact';
import { kMeansReadout } from '@crossmodal/method';
import type { Comparison, Variant } from '../ablations/comparison.js';

/** Name of the variant that the others are compared with. */
export const DEFAULT = 'default';

/**
 * The default, then the paper where there is one and what lies between, one part at a time, then the default with one part changed or left out.
 * Names have no commas, since the command lists them.
 */
function variantsOf<Options>(...changes: readonly (readonly [name: string, options: Options])[]) {
  const variants = [{ name: DEFAULT, options: {} }, ...changes.map(([name, options]) => ({ name, options }))];
  return variants as readonly Variant[];
}

const exact: Comparison = {
  name: 'exact',
  kind: 'paired',
  create: (options) => createExact(options),
  variants: variantsOf<ExactOptions>(
    ['the mean of four graphs (R) in place of the consensus', { graphs: 'R' }],
    ['one graph (F2) in place of five', { graphs: 'F2' }],
    ['no further eigenvectors', { extraEigenvectors: 0 }],
    ['no heat weights', { bandwidth: 0 }],
    ['k-means of the features', { readout: kMeansReadout() }],
  ),
};

const dmsc: Comparison = {
  name: 'dmsc',
  kind: 'paired',
  create: (options) => createDmsc(options),
  variants: variantsOf<DmscOptions>(
    ['paper', { preset: 'paper' }],
    ["paper with the default's inputs", { preset: 'paper', inputs: 'default' }],
    ["paper's training and readout", { training: 'paper', readout: 'paper' }],
    ["paper's training", { training: 'paper' }],
    ["paper's inputs", { inputs: 'paper' }],
    ["paper's network", { network: 'paper' }],
    ['without training', { stages: [{ omit: 'blocks' }] }],
    ['without self-expression in training', { terms: [{ name: 'self-expression', weight: 0 }] }],
    ['without reconstruction', { terms: [{ name: 'reconstruction', weight: 0 }] }],
    ['one graph (F2) in place of four', { graphs: 'F2' }],
    ['k-means of the latents', { readout: kMeansReadout() }],
  ),
};

const cmscDcca: Comparison = {
  name: 'cmsc-dcca',
  kind: 'paired',
  create: (options) => createCmscDcca(options),
  variants: variantsOf<CmscDccaOptions>(
    ['paper', { preset: 'paper' }],
    ["paper's training and readout", { training: 'paper', readout: 'paper' }],
    ["paper's training", { training: 'paper' }],
    ["paper's network", { network: 'paper' }],
    ['without principal components as start', { stages: [{ omit: 'heads' }] }],
    ['without training', { stages: [{ omit: 'blocks' }] }],
    ['without correlation', { correlation: false }],
    ['without self-expression', { selfExpression: false }],
    ['without decoder', { decoder: false }],
    ['graphs of the latents alone', { features: false }],
    ['one graph (F2) in place of four', { graphs: 'F2' }],
    ['k-means of the latents', { readout: kMeansReadout() }],
  ),
};

const eamc: Comparison = {
  name: 'eamc',
  kind: 'paired',
  create: (options) => createEamc(options),
  variants: variantsOf<EamcOptions>(
    ['paper', { preset: 'paper' }],
    ["paper with the default's inputs", { preset: 'paper', inputs: 'default' }],
    ["paper's training", { training: 'paper' }],
    ["paper's inputs", { inputs: 'paper' }],
    ["paper's network", { network: 'paper' }],
    ['without contrast of neighbours', { stages: [{ omit: 'contrast' }] }],
    ['without start of the head', { stages: [{ omit: 'head' }] }],
    ['without the game', { stages: [{ omit: 'train' }] }],
    ['without divergence of neighbours', { terms: [{ name: 'pairs', weight: 0 }] }],
    ['without adversary', { adversary: false }],
    ['without attention', { attention: false }],
    ['k-means of the latents', { readout: kMeansReadout() }],
  ),
};

const dmim: Comparison = {
  name: 'dmim',
  kind: 'paired',
  create: (options) => createDmim(options),
  variants: variantsOf<DmimOptions>(
    ['paper', { preset: 'paper' }],
    ["paper with the default's inputs", { preset: 'paper', inputs: 'default' }],
    ["paper's training", { training: 'paper' }],
    ["paper's inputs", { inputs: 'paper' }],
    ["paper's network", { network: 'paper' }],
    ['without rotation of modalities', { align: false }],
    ['without partners', { neighbours: 0 }],
    ['overclusters from random weights', { start: 'random' }],
    ['without overclustering first', { stages: [{ omit: 'overcluster' }] }],
    ['without overclustering', { overclustering: false }],
    ['without training of both heads', { stages: [{ omit: 'train' }] }],
    ['without superfluous information', { superfluous: 'none' }],
    ['without even targets', { uniform: 'none' }],
    ['k-means of the latents', { readout: kMeansReadout() }],
  ),
};

const dm2c: Comparison = {
  name: 'dm2c',
  kind: 'mixed',
  create: (options) => createDm2c(options),
  variants: variantsOf<Dm2cOptions>(
    ['paper', { preset: 'paper' }],
    ["paper with the default's inputs", { preset: 'paper', inputs: 'default' }],
    ["paper's training and readout", { training: 'paper', readout: 'paper' }],
    ["paper's training", { training: 'paper' }],
    ["paper's inputs", { inputs: 'paper' }],
    ["paper's network", { network: 'paper' }],
    ['without alignment', { alignment: 'none' }],
    ['without pre-training', { stages: [{ omit: 'pretrain' }] }],
    ['without warm-up of critics', { stages: [{ omit: 'critics' }] }],
    ['without the game', { adversarial: false }],
    ['without critics in the game', { terms: [{ name: 'adversarial', weight: 0 }] }],
    ['without cycle consistency', { terms: [{ name: 'cycle', weight: 0 }] }],
    ['without reconstruction', { terms: [{ name: 'reconstruction', weight: 0 }] }],
    ['without unification', { unify: false }],
    ['k-means of the latents', { readout: 'k-means' }],
    ['graph of the latents', { readout: 'graph' }],
  ),
};

/** Every method with its variants, made of options alone. */
export const attributions: readonly Comparison[] = [exact, dmsc, eamc, cmscDcca, dmim, dm2c];
