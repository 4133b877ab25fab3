import {
  checkPaired,
  fitNetworkInput,
  fitPause,
  labelsInPlace,
  latentEncoder,
  networkSamples,
  prepareLatents,
  rowsInPlace,
  trainByBlocks,
  trainJointly,
  type FitPause,
  type SubspaceContext,
} from '@crossmodal/assembly';
import {
  checkFitOptions,
  permuteSymmetric,
  randomSource,
  throwIfAborted,
  type Clusterer,
  type FitOptions,
  type HistoryEntry,
  type Paired,
} from '@crossmodal/core';
import { canonicalOrder, restorePrepared, selectRows, type PreparedModality } from '@crossmodal/data';
import { checkPresence } from './check-presence.js';
import {
  assignDefault,
  assignPaper,
  defaultAffinity,
  paperAffinity,
  type LatentAffinity,
} from './cluster-latents.js';
import { createNetwork } from './create-network.js';
import {
  resolveDmscOptions,
  type DmscOptions,
  type ResolvedDefaultOptions,
  type ResolvedDmscOptions,
} from './dmsc-options.js';
import { FittedDmsc } from './fitted-dmsc.js';
import { completePaperOptions, type CompletePaperOptions } from './paper-rules.js';

const method = 'dmsc';

/**
 * Deep multimodal subspace clustering: autoencoders, one a modality or merged, whose latents represent each other by one matrix of
 * self-expressive coefficients, from which the affinity comes.
 *
 * The default starts the filters of images from their patches, trains by block coordinates with exact coefficients, and clusters by the mean of
 * four graphs of the latents. `preset: 'paper'` follows the paper and its public code. Neither uses labels, and both stop after a number of
 * steps that is decided beforehand. Objects are worked on in an order of their own, so the order of the rows does not matter.
 *
 * @throws CrossmodalError `option` naming the first option that is wrong, unknown, or of another preset.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018
 * @example
 * ```ts
 * const { data } = gaussianBlobs({
 *   n: 40,
 *   clusters: 2,
 *   modalities: [{ dimension: 8 }, { dimension: 6 }],
 *   random: randomSource(1),
 * });
 * const fitted = await createDmsc().fit(data, { clusters: 2, seed: 1 });
 * console.log(fitted.labels);
 * fitted.dispose();
 * ```
 */
export function createDmsc(options: DmscOptions = {}): Clusterer<Paired, FittedDmsc> {
  const resolved = resolveDmscOptions(options);
  return { method, fit: (data, fitOptions) => fitDmsc(resolved, data, fitOptions) };
}

async function fitDmsc(given: ResolvedDmscOptions, data: Paired, options: FitOptions): Promise<FittedDmsc> {
  checkPaired(method, data);
  const { clusters, seed } = checkFitOptions(method, data, options);
  const { signal, onProgress } = options;
  const resolved =
    given.preset === 'paper' ? completePaperOptions(given, clusters, data.modalities.length) : given;
  checkPresence(method, resolved.fusion, data.modalities);
  throwIfAborted(signal, method);
  const random = randomSource(seed);
  const pause = fitPause(method, options);

  const start = performance.now();
  const order = canonicalOrder(data);
  const { modalities } = selectRows(data, order);
  const scale = resolved.preset === 'paper' ? 'pixels' : 'unit';
  const inputs = modalities.map((modality) => fitNetworkInput(modality, scale));
  const samples = inputs.map((input, v) =>
    networkSamples(input, modalities[v]!.features, modalities[v]!.present),
  );
  const network = createNetwork({ resolved, inputs, modalities, random: random.fork('network') });
  const encoder = latentEncoder(method, network);
  try {
    const context = {
      network,
      encoder,
      samples,
      modalities,
      random: random.fork('training'),
      signal,
      onProgress,
    };
    const represent = async () => prepareLatents(await encoder.encode(samples, signal), modalities);
    const trained =
      resolved.preset === 'paper'
        ? await paperFit(context, resolved, clusters, represent)
        : await defaultFit(context, resolved, represent, pause);
    const { history, latents, built, prepared } = trained;
    const connected = performance.now();
    await pause('assign', 0, 1);
    const assigning = { clusters, random: random.fork('spectral'), signal };
    const { labels, embedding } =
      resolved.preset === 'paper'
        ? assignPaper(built.affinity, assigning)
        : assignDefault(built.affinity, resolved, assigning);
    await pause('assign', 1, 1);
    return new FittedDmsc({
      resolved,
      clusters,
      seed,
      inputs,
      network,
      latents: latents.map((latent) => restorePrepared(latent, order)),
      medians: built.medians,
      labels: labelsInPlace(labels, order),
      embedding: rowsInPlace(embedding, order),
      affinity: permuteSymmetric(built.affinity, order),
      history,
      seconds: {
        fit: (prepared - start) / 1000,
        affinity: (connected - prepared) / 1000,
        assign: (performance.now() - connected) / 1000,
      },
    });
  } catch (error) {
    network.dispose();
    throw error;
  } finally {
    encoder.dispose();
  }
}

/** What training gives, whatever the preset. */
interface Trained {
  readonly history: readonly HistoryEntry[];
  readonly latents: readonly PreparedModality[];
  readonly built: LatentAffinity;
  /** When the latents were ready, for the account of seconds. */
  readonly prepared: number;
}

async function defaultFit(
  context: SubspaceContext,
  options: ResolvedDefaultOptions,
  represent: () => Promise<PreparedModality[]>,
  pause: FitPause,
): Promise<Trained> {
  const history = await trainByBlocks(context, options);
  const latents = await represent();
  const prepared = performance.now();
  const connect = (step: number, steps: number) => pause('affinity', step, steps);
  return { history, latents, prepared, built: await defaultAffinity(latents, options, connect) };
}

async function paperFit(
  context: SubspaceContext,
  options: CompletePaperOptions,
  clusters: number,
  represent: () => Promise<PreparedModality[]>,
): Promise<Trained> {
  // With spatial fusion the one latent has the weight 1/2.
  const halves = options.fusion === 'affinity' ? options.modalityWeights.map((weight) => weight / 2) : [0.5];
  const { history, coefficients } = await trainJointly(context, {
    ...options,
    reconstructionWeights: options.modalityWeights,
    selfExpressionWeights: halves.map((half) => options.selfExpressionWeight * half),
  });
  const latents = await represent();
  const prepared = performance.now();
  const built = paperAffinity(coefficients, latents, options, clusters, context.random.fork('affinity'));
  return { history, latents, prepared, built };
}
