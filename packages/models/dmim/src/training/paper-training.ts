import type { DenseMatrix } from '@crossmodal/core';
import type { Fit, ResolvedOptions, Training } from '@crossmodal/method';
import { balancedTargets } from '@crossmodal/spectral';
import { paperTrainingOptions } from '../options.js';
import type { DmimTypes } from '../types.js';
import { information, overclusteringInformation, superfluousTerms, targetTerm } from './dmim-terms.js';
import { headPlayers, trainHeads } from './train-heads.js';

type Options = ResolvedOptions<typeof paperTrainingOptions>;

/** Rounds of Sinkhorn's scaling, as in the public code. */
const ROUNDS = 75;

/**
 * Algorithm 1: steps on both heads at once, every object its own partner, modalities and pairs with the weight 1.
 *
 * Every `refreshEvery` steps the memberships of each modality become its balanced targets. The public code has targets of the first modality
 * alone, and takes the softmax of the memberships again in their cross-entropy; Eq. 13 names both modalities.
 */
export const paperTraining: Training<DmimTypes, Options> = {
  options: paperTrainingOptions,
  stages: [
    {
      name: 'train',
      players: (options) => headPlayers(options.steps, termsOf(options)),
      run: trainBothHeads,
    },
  ],
  unused: [
    { when: { uniform: 'none' }, options: ['targetWeight', 'refreshEvery', 'targetPower'] },
    { when: { superfluous: 'none' }, options: ['superfluousWeight'] },
  ],
};

async function trainBothHeads(fit: Fit<DmimTypes>, options: Options): Promise<void> {
  const { steps, refreshEvery, batchSize, uniform, learningRate } = options;
  const targeted = uniform === 'targets';
  await trainHeads(fit, {
    options,
    steps,
    // Without targets nothing is computed anew, and all steps are one round.
    every: targeted ? refreshEvery : Math.max(1, steps),
    stream: 'batches',
    batchSize,
    rate: learningRate,
    terms: termsOf(options),
    pairs: fit.structure.pairs.map((pair) => ({ ...pair, weight: 1 })),
    weights: fit.samples.map(() => 1),
    partnered: false,
    targets: targeted ? () => targetsNow(fit, options) : undefined,
  });
}

function termsOf(options: Options) {
  return [
    information,
    ...(options.overclustering ? [overclusteringInformation] : []),
    ...superfluousTerms(options, 'sampleMean'),
    ...(options.uniform === 'targets' ? [targetTerm(options.targetWeight)] : []),
  ];
}

/** Balanced memberships of each modality, of the objects that are in it. */
async function targetsNow(
  { read, samples, watch: { signal } }: Fit<DmimTypes>,
  { targetPower: power }: Options,
): Promise<DenseMatrix<Float32Array>[]> {
  const { modalities } = await read();
  return modalities.map(({ memberships }, v) => {
    const { present } = samples[v]!;
    const values = memberships.values.map((value, p) =>
      present?.[Math.floor(p / memberships.columns)] === 0 ? 0 : value,
    );
    const how = { power, maxIterations: ROUNDS, ...(signal ? { signal } : {}) };
    return balancedTargets({ ...memberships, values }, how);
  });
}
