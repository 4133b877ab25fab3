import { denseMatrix, meanOverModalities, type RandomSource } from '@crossmodal/core';
import { meanLatents, startAtMeans } from '@crossmodal/encoders';
import type { Fit, ResolvedOptions, Stage } from '@crossmodal/method';
import { neighbourMeans, neighbourWalk, smoothOverModalities } from '@crossmodal/self-expressive';
import { cosine, overclusterAndMerge, stageAdjustments } from '@crossmodal/training';
import { weighted } from '../network/dmim-reader.js';
import type { defaultTrainingOptions } from '../options.js';
import type { DmimSamples, DmimTypes } from '../types.js';
import { dmimBatches, dmimTrainer, type DmimBatchOptions, type DmimWeights } from './dmim-step.js';
import { overclusteringInformation, superfluousTerms } from './dmim-terms.js';

type Options = ResolvedOptions<typeof defaultTrainingOptions>;

/** Name of the player that trains overclusters. */
export const OVERCLUSTERS = 'overclusters';

/** Trains all but the clustering head, and merges the overclusters; the network is left in the state of the best start. */
export const overclusterStage: Stage<DmimTypes, Options> = {
  name: 'overcluster',
  players: (options) =>
    options.overclustering && options.overclusteringSteps > 0
      ? { [OVERCLUSTERS]: termsOf(options).map(({ name }) => name) }
      : {},
  async run(fit, options) {
    const { overclustering, overclusteringSteps: steps, restarts: starts, walk, finalWalk } = options;
    if (!overclustering || steps === 0) return;
    const { network, samples, structure, random } = fit;
    const trainer = overclusterTrainer(fit, options);
    const lengthAt = (step: number) =>
      Math.round(walk + ((finalWalk - walk) * step) / Math.max(1, steps - 1));
    try {
      const { memberships } = await overclusterAndMerge({
        starts,
        network,
        fresh: trainer,
        clusters: fit.clusters,
        async train(start) {
          await beginStart(fit, options, start);
          await trainer.run({
            batches: dmimBatches(fit, {
              options,
              batchSize: options.batchSize,
              random: random.fork('training').fork(`overcluster ${start}`),
              partnerOf: partnerWalk(fit, lengthAt),
            }),
            steps,
            phase: `${fit.label}overcluster`,
            stage: { first: start * steps, total: starts * steps },
            ...fit.watch,
          });
        },
        async memberships() {
          const { modalities } = await fit.read();
          return meanOverModalities(weighted(samples, modalities, (reading) => reading.overMemberships!));
        },
        neighbourMeans: (rows) => neighbourMeans(rows, withNeighbours(samples, structure)).sums,
      });
      fit.helpers.merged = memberships;
    } finally {
      trainer.dispose();
    }
  },
};

/** Weights of modalities and pairs as the inputs have them. */
export function ownWeights({ samples, structure: { pairs, neighbours } }: Fit<DmimTypes>): DmimWeights {
  return { pairs, weights: samples.map(({ weight }) => weight), partnered: neighbours !== undefined };
}

/**
 * Partners at the end of a random walk over the neighbours in all modalities; none where objects have no neighbours.
 *
 * @param length - steps of the walk, at each step of the training
 */
export function partnerWalk(
  { samples, structure: { neighbours } }: Fit<DmimTypes>,
  length: (step: number) => number,
): DmimBatchOptions['partnerOf'] {
  if (neighbours === undefined) return undefined;
  const weights = samples.map(({ weight }) => weight);
  const walk = neighbourWalk(neighbours, weights);
  return (row, step, random) => walk(row, length(step), random);
}

function termsOf(options: Options) {
  return [overclusteringInformation, ...superfluousTerms(options, 'mean')];
}

function overclusterTrainer(fit: Fit<DmimTypes>, options: Options) {
  const { overclusteringSteps: steps, learningRate } = options;
  const rate = cosine({ rate: learningRate, steps });
  const terms = termsOf(options);
  return dmimTrainer(fit, {
    name: OVERCLUSTERS,
    modules: fit.network.overclusteringPart,
    // Every start has the whole schedule.
    rate: (step) => rate(step % steps),
    terms,
    options,
    adjustments: stageAdjustments(fit.terms, OVERCLUSTERS, terms),
    ...ownWeights(fit),
  });
}

/** Gives the network the values that a start begins with. */
async function beginStart(fit: Fit<DmimTypes>, options: Options, start: number): Promise<void> {
  if (start > 0) await fit.restart(start);
  if (options.start === 'random') return;
  await startOverclusters(fit, fit.random.fork('training').fork(`means ${start}`), fit.watch.signal);
}

/** Starts the overclustering head at the means of small clusters of the inputs, in no matter which modality, drawn to those of their neighbours. */
export async function startOverclusters(
  { network, samples, structure }: Pick<Fit<DmimTypes>, 'network' | 'samples' | 'structure'>,
  random: RandomSource,
  signal?: AbortSignal,
): Promise<void> {
  const inputs = withNeighbours(samples, structure).map((own) => ({
    ...own,
    rows: denseMatrix(own.x.values, own.x.shape[0]!, own.x.shape[1]!),
  }));
  await startAtMeans(network.overclusters!, {
    inputs: smoothOverModalities(inputs),
    latents: (rows) => meanLatents(network, samples, rows),
    random,
    signal,
  });
}

function withNeighbours(samples: readonly DmimSamples[], { neighbours }: Fit<DmimTypes>['structure']) {
  return samples.map((own, v) => ({ ...own, neighbours: neighbours?.[v] }));
}
