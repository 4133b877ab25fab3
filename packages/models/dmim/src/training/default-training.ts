import { meanOverModalities, type DenseMatrix } from '@crossmodal/core';
import type { Fit, ResolvedOptions, Training } from '@crossmodal/method';
import { balancedTargets, sharpenedTargets } from '@crossmodal/spectral';
import { cosine } from '@crossmodal/training';
import { weighted } from '../network/dmim-reader.js';
import { defaultTrainingOptions } from '../options.js';
import type { DmimHelpers, DmimTypes } from '../types.js';
import { information, overclusteringInformation, superfluousTerms, targetTerm } from './dmim-terms.js';
import { overclusterStage, ownWeights, partnerWalk } from './overclusters.js';
import { headPlayers, trainHeads } from './train-heads.js';

type Options = ResolvedOptions<typeof defaultTrainingOptions>;

/** Rounds of Sinkhorn's scaling. */
const ROUNDS = 50;

/** Part of the second stage in which targets stay those of the merged overclusters. */
const FIRST_TARGETS = 0.4;

/**
 * First the overclustering head alone, from the means of small clusters or from random weights, whose overclusters are merged into k clusters; of
 * several starts the one with most information goes on. Then both heads, with the merged clusters as first targets of the clustering head.
 *
 * Mutual information of few clusters has many local optima in which two clusters share an output; that of many clusters has fewer, and
 * merging undoes them. Without an overclustering head all steps are of the clustering head, with targets of its own.
 */
export const defaultTraining: Training<DmimTypes, Options> = {
  options: defaultTrainingOptions,
  createHelpers: (): DmimHelpers => ({ variables: [], dispose() {} }),
  stages: [
    overclusterStage,
    {
      name: 'train',
      players: (options) => headPlayers(stepsOf(options), termsOf(options)),
      run: trainBothHeads,
    },
  ],
  unused: [
    { when: { superfluous: 'none' }, options: ['superfluousWeight'] },
    { when: { overclustering: false }, options: ['start', 'restarts', 'walk'] },
  ],
};

/** Targets of the clustering head come from the merged overclusters first, and from itself later. */
async function trainBothHeads(fit: Fit<DmimTypes>, options: Options): Promise<void> {
  const { merged } = fit.helpers;
  const { refreshEvery: every, batchSize, finalWalk, learningRate } = options;
  const steps = stepsOf(options);
  const held = Math.max(1, Math.ceil((FIRST_TARGETS * steps) / every) * every);
  await trainHeads(fit, {
    options,
    steps,
    every,
    stream: 'train',
    batchSize,
    partnerOf: partnerWalk(fit, () => finalWalk),
    rate: cosine({ rate: learningRate, steps: Math.max(1, steps) }),
    terms: termsOf(options),
    ...ownWeights(fit),
    async targets(first) {
      const memberships = (first < held ? merged : undefined) ?? (await ownMemberships(fit));
      const targets = targetsOf(memberships, options, fit.watch.signal);
      // One target per object, whatever the modality.
      return fit.samples.map(() => targets);
    },
  });
}

function termsOf(options: Options) {
  return [
    ...(options.overclustering ? [overclusteringInformation] : []),
    information,
    ...superfluousTerms(options, 'mean'),
    targetTerm(options.targetWeight),
  ];
}

/** Without overclusters there is nothing to start from, and the steps saved are taken on both heads. */
function stepsOf({ steps, overclustering, overclusteringSteps }: Options): number {
  return steps + (overclustering ? 0 : overclusteringSteps);
}

/** What the clustering head says of the training samples now, mean over modalities. */
async function ownMemberships({ read, samples }: Fit<DmimTypes>): Promise<DenseMatrix<Float32Array>> {
  const { modalities } = await read();
  return meanOverModalities(weighted(samples, modalities, ({ memberships }) => memberships));
}

function targetsOf(
  memberships: DenseMatrix<Float32Array>,
  { uniform, targetPower: power }: Options,
  signal: AbortSignal | undefined,
): DenseMatrix<Float32Array> {
  if (uniform === 'none') return sharpenedTargets(memberships, { power });
  return balancedTargets(memberships, { power, maxIterations: ROUNDS, ...(signal ? { signal } : {}) });
}
