import {
  checkPaired,
  fitNetwork,
  fitNetworkInput,
  fitPause,
  labelsInPlace,
  latentEncoder,
  networkSamples,
  prepareLatents,
  rowsInPlace,
  subspaceHelpers,
  trainByBlocks,
  trainedCoefficients,
} from '@crossmodal/assembly';
import {
  canonicalOrder,
  checkFitOptions,
  permuteSymmetric,
  randomSource,
  selectRows,
  throwIfAborted,
  type Clusterer,
  type FitOptions,
  type Paired,
} from '@crossmodal/core';
import { restorePrepared } from '@crossmodal/transforms';
import { checkPresence } from './check-presence.js';
import { assignDefault, assignPaper, defaultAffinity, paperAffinity } from './cluster-latents.js';
import { createNetwork } from './create-network.js';
import { resolveDmscOptions, type DmscOptions, type ResolvedDmscOptions } from './dmsc-options.js';
import { FittedDmsc } from './fitted-dmsc.js';
import { completePaperOptions } from './paper-rules.js';
import { trainPaper } from './train-paper.js';

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
  const { signal } = options;
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
  return fitNetwork(options, {
    start,
    build: () => createNetwork({ resolved, inputs, modalities, random: random.fork('network') }),
    equip: (network) =>
      subspaceHelpers(latentEncoder(method, network), resolved.preset === 'paper' ? data.n : undefined),
    train(network, { encoder, layer }, watch) {
      const own = random.fork('training');
      const context = { network, encoder, layer, samples, modalities, random: own, ...watch };
      return resolved.preset === 'paper' ? trainPaper(context, resolved) : trainByBlocks(context, resolved);
    },
    async finish(network, { encoder, layer }, training) {
      const trained = performance.now();
      const latents = prepareLatents(await encoder.encode(samples, signal), modalities);
      const prepared = performance.now();
      const built =
        resolved.preset === 'paper'
          ? paperAffinity(trainedCoefficients(layer!), latents, resolved, clusters, random.fork('affinity'))
          : await defaultAffinity(latents, resolved, (step, steps) => pause('affinity', step, steps));
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
        labels: labelsInPlace(labels, order, modalities, clusters),
        embedding: rowsInPlace(embedding, order),
        affinity: permuteSymmetric(built.affinity, order),
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
