import { rowsInPlace } from '@crossmodal/assembly';
import { checkPaired, fitPause, labelsInPlace, recordHistory, recoverable, restarts } from '@crossmodal/method';
import { likeliestClusters } from '@crossmodal/spectral';
import { canonicalOrder, checkFitOptions, denseMatrix, randomSource, selectRows, throwIfAborted, type Clusterer, type FitOptions, type Paired, type RandomSource } from '@crossmodal/core';
import type { NearestNeighbours } from '@crossmodal/self-expressive';
import { createNetwork, type EamcNetwork } from './create-network.js';
import { resolveEamcOptions, type EamcOptions, type ResolvedEamcOptions } from './eamc-options.js';
import { clusteringLoss, evaluateNetwork, settleWeights } from './evaluate-network.js';
import { FittedEamc } from './fitted-eamc.js';
import { findNeighbours } from './find-neighbours.js';
import { featureCount, prepareFeatures, type PreparedFeatures } from './prepare-features.js';
import { settingsOf } from './settings-of.js';
import { startNetwork } from './start-network.js';
import { trainNetwork } from './train-network.js';
import type { History } from './training-context.js';
import type { TrainingSettings } from './training-settings.js';

const method = 'eamc';

/**
 * End-to-end adversarial-attention clustering: an encoder a modality, discriminators that align their latents with the first one's,
 * attention that weighs the modalities, and a cluster head trained by Cauchy-Schwarz divergences, all at once on minibatches.
 *
 * The default trains on features of a fixed convolution for images, with an adversary that does not win. `preset: 'paper'` follows the paper
 * and, where it is silent, its public code. Neither uses labels. Memory beside the data does not grow with the square of n. Objects are
 * worked on in an order of their own, so the order of the rows does not matter. Rows may be absent: attention, losses and statistics see the
 * modalities that a sample has.
 *
 * @throws CrossmodalError `option` naming the first option that is wrong, unknown, or of another preset.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020
 * @example
 * ```ts
 * const { data } = gaussianBlobs({
 *   n: 60,
 *   clusters: 2,
 *   modalities: [{ dimension: 8 }, { dimension: 6 }],
 *   random: randomSource(1),
 * });
 * const fitted = await createEamc({ leastSteps: 0 }).fit(data, { clusters: 2, seed: 1 });
 * console.log(fitted.labels, fitted.modalityWeights);
 * fitted.dispose();
 * ```
 */
export function createEamc(options: EamcOptions = {}): Clusterer<Paired, FittedEamc> {
  const resolved = resolveEamcOptions(options);
  return { method, fit: (data, fitOptions) => fitEamc(resolved, data, fitOptions) };
}

async function fitEamc(
  resolved: ResolvedEamcOptions,
  data: Paired,
  options: FitOptions,
): Promise<FittedEamc> {
  checkPaired(method, data);
  const { clusters, seed } = checkFitOptions(method, data, options);
  const { signal } = options;
  throwIfAborted(signal, method);
  const random = randomSource(seed);
  const pause = fitPause(method, options);
  const settings = settingsOf(resolved);

  const start = performance.now();
  const order = canonicalOrder(data);
  const prepared = await prepareFeatures(
    selectRows(data, order).modalities,
    resolved,
    random.fork('features'),
    signal,
  );
  const neighbours =
    settings.start && (await findNeighbours(prepared.data, settings.start.neighbours, signal));
  const seconds = () => (performance.now() - start) / 1000;
  const finish = async (network: EamcNetwork, { history, fit, runLosses = [] }: Trained) => {
    const trained = performance.now();
    await pause('assign', 0, 1);
    const { fused, assignments } = await evaluateNetwork(network, prepared.data, signal);
    const weights = Array.from(await network.modalityWeights.data());
    await pause('assign', 1, 1);
    return new FittedEamc({
      resolved,
      clusters,
      seed,
      preparations: prepared.preparations,
      network,
      weights,
      runLosses,
      labels: labelsInPlace(likeliestClusters(assignments), order),
      memberships: rowsInPlace(assignments, order),
      embedding: rowsInPlace(denseMatrix(Float64Array.from(fused.values), fused.rows, fused.columns), order),
      history,
      seconds: {
        fit,
        affinity: 0,
        assign: (performance.now() - trained) / 1000,
      },
    });
  };
  const context = { prepared, neighbours, settings, clusters, options, seconds, finish };
  const best = await restarts({
    runs: settings.runs,
    random: random.fork('training'),
    run: (own, run) => trainOnce(context, own, run),
    discard: ({ network }) => network.dispose(),
  });
  const { network, history } = best.value;
  try {
    const runLosses = settings.runs > 1 ? best.losses : [];
    return await finish(network, { history, fit: seconds(), runLosses });
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** The training that a fit has behind it. */
interface Trained {
  readonly history: History;
  /** Seconds from the beginning of the fit. */
  readonly fit: number;
  readonly runLosses?: readonly number[];
}

interface RunContext {
  readonly prepared: PreparedFeatures;
  readonly neighbours: NearestNeighbours | undefined;
  readonly settings: TrainingSettings;
  readonly clusters: number;
  readonly options: FitOptions;
  readonly seconds: () => number;
  readonly finish: (network: EamcNetwork, trained: Trained) => Promise<FittedEamc>;
}

/** Trains from one start; a single run needs no loss to be compared by. */
async function trainOnce(
  { prepared, neighbours, settings, clusters, options, seconds, finish }: RunContext,
  random: RandomSource,
  run: number,
): Promise<{ loss: number; value: { network: EamcNetwork; history: History } }> {
  const { data } = prepared;
  const { signal } = options;
  const several = settings.runs > 1;
  const build = () =>
    createNetwork({
      design: settings.design,
      sizes: prepared.preparations.map(featureCount),
      clusters,
      random: random.fork('network'),
    });
  const network = build();
  const recorded = recordHistory(options);
  try {
    const context = {
      network,
      data,
      neighbours,
      settings,
      random: random.fork('batches'),
      label: several ? `run ${run + 1}, ` : '',
      options: recorded.watch,
    };
    const started = settings.start ? await startNetwork(context, settings.start) : [];
    const history = [...started, ...(await trainNetwork(context))];
    await settleWeights(network, data, signal);
    const loss = several ? await clusteringLoss(network, data, settings, signal) : 0;
    return { loss, value: { network, history } };
  } catch (error) {
    const fit = seconds();
    throw await recoverable(error, {
      modules: [network],
      history: recorded.history,
      recover: async (restore, history) => {
        const again = build();
        try {
          restore([again]);
          await settleWeights(again, data, signal);
          return await finish(again, { history, fit });
        } catch (failure) {
          again.dispose();
          throw failure;
        }
      },
    }).finally(() => network.dispose());
  }
}
