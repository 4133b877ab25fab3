import type { DenseMatrix } from '@crossmodal/core';
import type { Fit, ResolvedOptions, Stage } from '@crossmodal/method';
import { balancedTargets, sharpenedTargets } from '@crossmodal/spectral';
import { cosine, trainInRounds } from '@crossmodal/training';
import { meanReading } from '../network/dmim-reader.js';
import type { defaultTrainingOptions } from '../options.js';
import type { DmimTypes } from '../types.js';
import { dmimBatches } from './dmim-batches.js';
import { information, overclusteringInformation, superfluousTerms, targetTerm } from './dmim-terms.js';
import { dmimTrainer } from './dmim-trainer.js';
import { partnerWalk } from './partner-walk.js';

type Options = ResolvedOptions<typeof defaultTrainingOptions>;

/** Rounds of Sinkhorn's scaling. */
const ROUNDS = 50;

/** Part of the stage in which targets stay those of the merged overclusters. */
const FIRST_TARGETS = 0.4;

/** Trains both heads, with targets of the clustering head that come from the merged overclusters first, and from itself later. */
export const refineStage: Stage<DmimTypes, Options> = {
  name: 'train',
  async run(fit, options) {
    const { samples, network, random, helpers, watch, label } = fit;
    const { refreshEvery: every, batchSize, finalWalk } = options;
    const steps = stepsOf(options);
    const { merged } = helpers;
    const held = merged === undefined ? 0 : Math.ceil((FIRST_TARGETS * steps) / every) * every;
    const trainer = refineTrainer(fit, options, steps);
    try {
      await trainInRounds(trainer, {
        steps,
        every,
        phase: `${label}train`,
        async batches(first) {
          const memberships =
            merged !== undefined && (first === 0 || first < held) ? merged : await ownMemberships(fit);
          const targets = targetsOf(memberships, options, watch.signal);
          return dmimBatches({
            samples,
            network,
            options,
            batchSize: Math.min(batchSize, samples[0]!.x.shape[0]!),
            random: random.fork('training').fork(`train ${first}`),
            partnerOf: partnerWalk(fit, () => finalWalk),
            // One target per object, whatever the modality.
            targets: samples.map(() => targets),
          });
        },
        ...watch,
      });
    } finally {
      trainer.dispose();
    }
  },
};

/** Without overclusters there is nothing to start from, and the steps saved are taken here. */
function stepsOf({ steps, overclustering, overclusteringSteps }: Options): number {
  return steps + (overclustering ? 0 : overclusteringSteps);
}

function refineTrainer(fit: Fit<DmimTypes>, options: Options, steps: number) {
  const { network, samples, structure, helpers } = fit;
  const { learningRate, overclustering, targetWeight, codes } = options;
  return dmimTrainer(fit, {
    name: 'network',
    players: helpers.merged === undefined ? ['network'] : ['network', 'overclusters'],
    modules: [network],
    rate: cosine({ rate: learningRate, steps }),
    terms: [
      ...(overclustering ? [overclusteringInformation] : []),
      information,
      ...superfluousTerms(options, 'mean'),
      targetTerm(targetWeight),
    ],
    codes,
    pairs: structure.pairs,
    weights: samples.map(({ weight }) => weight),
    partnered: structure.neighbours !== undefined,
  });
}

/** What the clustering head says of the training samples now, mean over modalities. */
async function ownMemberships(fit: Fit<DmimTypes>): Promise<DenseMatrix<Float32Array>> {
  const { modalities } = await fit.read();
  return meanReading(fit.samples, modalities, ({ memberships }) => memberships);
}

function targetsOf(
  memberships: DenseMatrix<Float32Array>,
  { uniform, targetPower: power }: Options,
  signal: AbortSignal | undefined,
): DenseMatrix<Float32Array> {
  if (uniform === 'none') return sharpenedTargets(memberships, { power });
  return balancedTargets(memberships, { power, maxIterations: ROUNDS, ...(signal ? { signal } : {}) });
}
