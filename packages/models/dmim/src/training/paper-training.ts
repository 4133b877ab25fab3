import type { DenseMatrix } from '@crossmodal/core';
import type { Fit, ResolvedOptions, Training } from '@crossmodal/method';
import { balancedTargets } from '@crossmodal/spectral';
import { trainInRounds } from '@crossmodal/training';
import { paperTrainingOptions } from '../options.js';
import type { DmimTypes } from '../types.js';
import { dmimBatches } from './dmim-batches.js';
import { information, overclusteringInformation, superfluousTerms, targetTerm } from './dmim-terms.js';
import { dmimTrainer } from './dmim-trainer.js';

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
  stages: [{ name: 'train', run: trainBothHeads }],
};

async function trainBothHeads(fit: Fit<DmimTypes>, options: Options): Promise<void> {
  const { samples, network, random, watch, label } = fit;
  const { steps, refreshEvery, uniform } = options;
  const n = samples[0]!.x.shape[0]!;
  const targeted = uniform === 'targets';
  const trainer = paperTrainer(fit, options);
  try {
    await trainInRounds(trainer, {
      steps,
      // Without targets nothing is computed anew, and all steps are one round.
      every: targeted ? refreshEvery : Math.max(1, steps),
      phase: `${label}train`,
      batches: async (first) =>
        dmimBatches({
          samples,
          network,
          options,
          batchSize: Math.min(options.batchSize ?? n, n),
          random: random.fork('training').fork(`batches ${first}`),
          targets: targeted ? await targetsNow(fit, options) : undefined,
        }),
      ...watch,
    });
  } finally {
    trainer.dispose();
  }
}

function paperTrainer(fit: Fit<DmimTypes>, options: Options) {
  const { network, samples, structure } = fit;
  const { learningRate, overclustering, uniform, targetWeight, codes } = options;
  return dmimTrainer(fit, {
    name: 'network',
    modules: [network],
    rate: learningRate,
    terms: [
      information,
      ...(overclustering ? [overclusteringInformation] : []),
      // Eq. 10 sums over the dimensions of a code.
      ...superfluousTerms(options, 'sampleMean'),
      ...(uniform === 'targets' ? [targetTerm(targetWeight)] : []),
    ],
    codes,
    pairs: structure.pairs.map((pair) => ({ ...pair, weight: 1 })),
    weights: samples.map(() => 1),
    partnered: false,
  });
}

/** Balanced memberships of each modality, of the objects that are in it. */
async function targetsNow(
  fit: Fit<DmimTypes>,
  { targetPower: power }: Options,
): Promise<DenseMatrix<Float32Array>[]> {
  const { modalities } = await fit.read();
  const { signal } = fit.watch;
  return modalities.map(({ memberships }, v) => {
    const { columns: k, values } = memberships;
    const { present } = fit.samples[v]!;
    const own = values.map((value, p) => (present?.[Math.floor(p / k)] === 0 ? 0 : value));
    const how = { power, maxIterations: ROUNDS, ...(signal ? { signal } : {}) };
    return balancedTargets({ ...memberships, values: own }, how);
  });
}
