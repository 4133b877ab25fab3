import { fitNetwork, prepareLatents, rowsInPlace, subspaceHelpers, trainedCoefficients } from '@crossmodal/assembly';
import { checkPaired, fitPause, labelsInPlace, type FitPause } from '@crossmodal/method';
import { fitNetworkInput, networkSamples, restorePrepared, type PreparedModality } from '@crossmodal/transforms';
import { canonicalOrder, checkFitOptions, CrossmodalError, permuteSymmetric, randomSource, selectRows, throwIfAborted, type Clusterer, type FitOptions, type Paired } from '@crossmodal/core';
import type { BuiltAffinity, SelfExpressiveLayer } from '@crossmodal/self-expressive';
import { assignByAffinity, assignByLatents, defaultAffinity, paperAffinity } from './assign.js';
import {
  resolveCmscDccaOptions,
  type CmscDccaOptions,
  type ResolvedCmscDccaOptions,
} from './cmsc-dcca-options.js';
import { FittedCmscDcca } from './fitted-cmsc-dcca.js';
import { levelEncoder, representsFeatures } from './level-encoder.js';
import { createNetwork } from './network.js';
import { startHeads } from './start-heads.js';
import { trainDefault, trainPaper } from './train.js';

const method = 'cmsc-dcca';

/**
 * Cross-modal subspace clustering via deep canonical correlation analysis: an autoencoder a modality, whose latents are correlated with those of the
 * other modalities, and represent each other by one matrix of self-expressive coefficients for all, from which the affinity comes.
 *
 * The default starts the filters of images from their patches and the dense layers at principal components, trains by block coordinates with exact
 * coefficients, and clusters by the mean of four graphs of the latents. `preset: 'paper'` follows the paper. With more than two modalities the
 * correlation is the sum over pairs, which is ours. Rows may be absent. No labels are used, and the number of steps is decided beforehand.
 *
 * @throws CrossmodalError `option` naming the first option that is wrong, unknown, or of another preset.
 * @see Gao et al., Cross-Modal Subspace Clustering via Deep Canonical Correlation Analysis, 2020
 * @example
 * ```ts
 * const { data } = gaussianBlobs({
 *   n: 40,
 *   clusters: 2,
 *   modalities: [{ dimension: 8 }, { dimension: 6 }],
 *   random: randomSource(1),
 * });
 * const fitted = await createCmscDcca().fit(data, { clusters: 2, seed: 1 });
 * console.log(fitted.labels);
 * fitted.dispose();
 * ```
 */
export function createCmscDcca(options: CmscDccaOptions = {}): Clusterer<Paired, FittedCmscDcca> {
  const resolved = resolveCmscDccaOptions(options);
  return { method, fit: (data, fitOptions) => fitCmscDcca(resolved, data, fitOptions) };
}

async function fitCmscDcca(
  given: ResolvedCmscDccaOptions,
  data: Paired,
  options: FitOptions,
): Promise<FittedCmscDcca> {
  checkPaired(method, data);
  const { clusters, seed } = checkFitOptions(method, data, options);
  const { signal } = options;
  checkModalities(given, data.modalities.length);
  throwIfAborted(signal, method);
  const resolved = completeOptions(given, clusters, data.n);
  const random = randomSource(seed);
  const pause = fitPause(method, options);

  const start = performance.now();
  const order = canonicalOrder(data);
  const { modalities } = selectRows(data, order);
  const inputs = modalities.map((modality) => fitNetworkInput(modality, 'unit'));
  const samples = inputs.map((input, v) =>
    networkSamples(input, modalities[v]!.features, modalities[v]!.present),
  );
  return fitNetwork(options, {
    start,
    build: () => createNetwork({ resolved, inputs, modalities, random: random.fork('network') }),
    equip: (network) =>
      subspaceHelpers(
        levelEncoder(network, representsFeatures(resolved)),
        resolved.preset === 'paper' && resolved.selfExpression ? data.n : undefined,
      ),
    async train(network, { encoder, layer }, watch) {
      const own = random.fork('training');
      const context = { network, encoder, layer, samples, modalities, random: own, ...watch };
      if (resolved.preset === 'paper') return trainPaper(context, resolved);
      await startHeads({ network, samples, modalities, random: own.fork('heads'), signal });
      return trainDefault(context, network, resolved);
    },
    async finish(network, { encoder, layer }, training) {
      const trained = performance.now();
      const latents = prepareLatents(await encoder.encode(samples, signal), modalities);
      const prepared = performance.now();
      const built = await connect(latents, resolved, layer, pause);
      const connected = performance.now();
      await pause('assign', 0, 1);
      const assigning = { clusters, random: random.fork('spectral'), signal };
      const { labels, embedding, affinity, centroids, medians } =
        built === undefined
          ? assignByLatents(latents, resolved, assigning)
          : assignByAffinity(built, resolved, assigning);
      await pause('assign', 1, 1);
      return new FittedCmscDcca({
        resolved,
        clusters,
        seed,
        inputs,
        network,
        latents: latents.map((latent) => restorePrepared(latent, order)),
        medians,
        labels: labelsInPlace(labels, order, modalities, centroids === undefined ? clusters : 0),
        embedding: rowsInPlace(embedding, order),
        affinity: affinity && permuteSymmetric(affinity, order),
        centroids,
        history: training.history,
        seconds: {
          fit: training.seconds + (prepared - trained) / 1000,
          affinity: (connected - prepared) / 1000,
          assign: (performance.now() - connected) / 1000,
        },
      });
    },
  });
}

/** The affinity; none without self-expression. */
async function connect(
  latents: readonly PreparedModality[],
  resolved: ResolvedCmscDccaOptions,
  layer: SelfExpressiveLayer | undefined,
  pause: FitPause,
): Promise<BuiltAffinity | undefined> {
  if (resolved.preset === 'paper') return layer && paperAffinity(trainedCoefficients(layer), latents);
  if (!resolved.selfExpression) return undefined;
  return defaultAffinity(latents, resolved, (step, steps) => pause('affinity', step, steps));
}

/** Canonical correlations need many more samples than columns: 16 a column at least, yet two columns a cluster. */
function completeOptions(
  resolved: ResolvedCmscDccaOptions,
  clusters: number,
  n: number,
): ResolvedCmscDccaOptions {
  if (resolved.preset === 'paper') return resolved;
  const most = Math.max(2 * clusters, Math.floor(n / 16));
  return { ...resolved, latentUnits: Math.min(resolved.latentUnits, most) };
}

function checkModalities({ correlation }: ResolvedCmscDccaOptions, count: number): void {
  if (!correlation || count >= 2) return;
  throw new CrossmodalError({
    code: 'unsupported',
    where: method,
    expected: 'two modalities at least, to correlate',
    received: String(count),
    advice: 'Use correlation: false, or a method for one modality.',
  });
}
