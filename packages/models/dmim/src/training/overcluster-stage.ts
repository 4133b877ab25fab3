import type { Fit, ResolvedOptions, Stage } from '@crossmodal/method';
import { neighbourMeans } from '@crossmodal/self-expressive';
import { captureState, restoreState } from '@crossmodal/tensors';
import { cosine, overclusterAndMerge } from '@crossmodal/training';
import type { DmimNetwork } from '../network/dmim-network.js';
import { meanReading } from '../network/dmim-reader.js';
import type { defaultTrainingOptions } from '../options.js';
import type { DmimTypes } from '../types.js';
import { dmimBatches } from './dmim-batches.js';
import { overclusteringInformation, superfluousTerms } from './dmim-terms.js';
import { dmimTrainer } from './dmim-trainer.js';
import { partnerWalk } from './partner-walk.js';
import { startOverclusters } from './start-overclusters.js';

type Options = ResolvedOptions<typeof defaultTrainingOptions>;

/** Trains all but the clustering head, and merges the overclusters; the network is left in the state of the best start. */
export const overclusterStage: Stage<DmimTypes, Options> = {
  name: 'overcluster',
  async run(fit, options) {
    const { overclustering, overclusteringSteps: steps, restarts: starts } = options;
    if (!overclustering || steps === 0) return;
    const { network, samples, structure, clusters, helpers } = fit;
    const trainer = overclusterTrainer(fit, options);
    try {
      const { memberships } = await overclusterAndMerge({
        starts,
        network,
        fresh: trainer,
        clusters,
        async train(start) {
          await beginStart(fit, options, start);
          await trainer.run({
            batches: overclusterBatches(fit, options, start),
            steps,
            phase: `${fit.label}overcluster`,
            stage: { first: start * steps, total: starts * steps },
            ...fit.watch,
          });
        },
        async memberships() {
          const { modalities } = await fit.read();
          return meanReading(samples, modalities, ({ overMemberships }) => overMemberships!);
        },
        neighbourMeans: (rows) =>
          neighbourMeans(
            rows,
            samples.map(({ weight }, v) => ({ weight, neighbours: structure.neighbours?.[v] })),
          ).sums,
      });
      helpers.merged = memberships;
    } finally {
      trainer.dispose();
    }
  },
};

function overclusterTrainer(fit: Fit<DmimTypes>, options: Options) {
  const { network, samples, structure } = fit;
  const { overclusteringSteps: steps, learningRate, codes } = options;
  const rate = cosine({ rate: learningRate, steps });
  return dmimTrainer(fit, {
    name: 'overclusters',
    modules: network.overclusteringPart,
    // Every start has the whole schedule.
    rate: (step) => rate(step % steps),
    terms: [overclusteringInformation, ...superfluousTerms(options, 'mean')],
    codes,
    pairs: structure.pairs,
    weights: samples.map(({ weight }) => weight),
    partnered: structure.neighbours !== undefined,
  });
}

function overclusterBatches(fit: Fit<DmimTypes>, options: Options, start: number) {
  const { samples, network, random } = fit;
  const { walk, finalWalk, overclusteringSteps: steps } = options;
  const length = (step: number) => Math.round(walk + ((finalWalk - walk) * step) / Math.max(1, steps - 1));
  return dmimBatches({
    samples,
    network,
    options,
    batchSize: Math.min(options.batchSize, samples[0]!.x.shape[0]!),
    random: random.fork('training').fork(`overcluster ${start}`),
    partnerOf: partnerWalk(fit, length),
  });
}

/** Gives the network the values that a start begins with. */
async function beginStart(fit: Fit<DmimTypes>, { start: where }: Options, start: number): Promise<void> {
  const { network, samples, structure, random, watch } = fit;
  if (start > 0) await copyInto(network, fit.createNetwork(start));
  if (where === 'random') return;
  await startOverclusters({
    network,
    samples,
    neighbours: structure.neighbours,
    random: random.fork('training').fork(`means ${start}`),
    signal: watch.signal,
  });
}

async function copyInto(network: DmimNetwork, source: DmimNetwork): Promise<void> {
  try {
    restoreState(network, await captureState(source));
  } finally {
    source.dispose();
  }
}
