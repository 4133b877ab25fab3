import { fitNetwork, rowsInPlace } from '@crossmodal/assembly';
import { checkPaired, fitPause, labelsInPlace } from '@crossmodal/method';
import { presenceOf, canonicalOrder, checkFitOptions, CrossmodalError, denseMatrix, randomSource, selectRows, throwIfAborted, type Clusterer, type FitOptions, type Paired } from '@crossmodal/core';
import { modalityPairs } from '@crossmodal/self-expressive';
import { createNetwork } from './create-network.js';
import { alignInputs, fitInputs } from './dmim-input.js';
import { resolveDmimOptions, type DmimOptions, type ResolvedDmimOptions } from './dmim-options.js';
import { activeModalities } from './dmim-state.js';
import { FittedDmim } from './fitted-dmim.js';
import { prepareStructure } from './prepare-structure.js';
import { joinReadings, outputReader } from './read-outputs.js';
import { trainInStages } from './train-in-stages.js';
import { trainPaper } from './train-paper.js';
import type { TrainingModality } from './training-context.js';

const method = 'dmim';

/**
 * Deep mutual information maximin: one encoder for all modalities, whose clustering head and overclustering head are trained so that the
 * assignments of an object in two modalities say as much as possible about each other, while its codes know little else of the input.
 *
 * The default gives images features of untrained filters, weighs modalities by the neighbours that they share, rotates them onto each other,
 * pairs objects with near ones, and starts overclusters at the means of small clusters. `preset: 'paper'` follows the paper, and the authors'
 * code where it is silent. Neither uses labels, and both stop after a number of steps that is decided beforehand. Objects are worked on in an
 * order of their own, so the order of the rows does not matter.
 *
 * @throws CrossmodalError `option` naming the first option that is wrong, unknown, or of another preset.
 * @see Mao et al., Deep Mutual Information Maximin for Cross-Modal Clustering, AAAI 2021
 * @example
 * ```ts
 * const { data } = gaussianBlobs({
 *   n: 60,
 *   clusters: 2,
 *   modalities: [{ dimension: 8 }, { dimension: 6 }],
 *   random: randomSource(1),
 * });
 * const fitted = await createDmim({ steps: 50 }).fit(data, { clusters: 2, seed: 1 });
 * console.log(fitted.labels, fitted.memberships.rows);
 * fitted.dispose();
 * ```
 */
export function createDmim(options: DmimOptions = {}): Clusterer<Paired, FittedDmim> {
  const resolved = resolveDmimOptions(options);
  return { method, fit: (data, fitOptions) => fitDmim(resolved, data, fitOptions) };
}

async function fitDmim(
  resolved: ResolvedDmimOptions,
  data: Paired,
  options: FitOptions,
): Promise<FittedDmim> {
  checkPaired(method, data);
  const { clusters, seed } = checkFitOptions(method, data, options);
  checkModalities(data);
  const { signal } = options;
  throwIfAborted(signal, method);
  const random = randomSource(seed);
  const pause = fitPause(method, options);

  const start = performance.now();
  const order = canonicalOrder(data);
  const { modalities } = selectRows(data, order);
  await pause('prepare', 0, 2);
  const fitted = await fitInputs(modalities, resolved, random.fork('inputs'), signal);
  await pause('prepare', 1, 2);
  const present = modalities.map(presenceOf);
  const { weights, neighbours } = await prepareStructure(fitted, {
    present,
    clusters,
    options: resolved,
    signal,
  });
  const aligned =
    resolved.preset === 'default' && resolved.reduction === 'pca' && resolved.align
      ? alignInputs(fitted, weights.modalities.indexOf(Math.max(...weights.modalities)))
      : fitted;
  await pause('prepare', 2, 2);

  const active = activeModalities(weights.modalities);
  const inputSizes = active.map((v) => aligned[v]!.features.columns);
  const networkOf = (start: number) =>
    createNetwork({ resolved, inputSizes, clusters, random: random.fork(`network ${start}`) });
  return fitNetwork(options, {
    start,
    build: () => networkOf(0),
    equip: outputReader,
    train(network, reader, watch) {
      const context = {
        network,
        modalities: active.map((v): TrainingModality => ({
          name: modalities[v]!.name,
          features: aligned[v]!.features,
          present: present[v],
          weight: weights.modalities[v]!,
          neighbours: neighbours?.[v],
        })),
        pairs: modalityPairs(modalities.length).flatMap(([u, v], p) => {
          const weight = resolved.preset === 'paper' ? 1 : weights.pairs[p]!;
          return weight > 0 ? [{ first: active.indexOf(u), second: active.indexOf(v), weight }] : [];
        }),
        random: random.fork('training'),
        ...watch,
      };
      return resolved.preset === 'paper'
        ? trainPaper({ ...context, options: resolved }, reader)
        : trainInStages({ ...context, options: resolved }, { clusters, reader, another: networkOf });
    },
    async finish(network, reader, { history, seconds }) {
      const trained = performance.now();
      await pause('assign', 0, 1);
      const readings = await reader.read(
        active.map((v) => aligned[v]!.features),
        signal,
      );
      const { memberships, latent, labels } = joinReadings(
        readings,
        active.map((v) => weights.modalities[v]!),
        active.map((v) => present[v]),
      );
      await pause('assign', 1, 1);
      const embedding = denseMatrix(Float64Array.from(latent.values), latent.rows, latent.columns);
      return new FittedDmim({
        resolved,
        clusters,
        seed,
        inputs: aligned.map(({ input }) => input),
        weights: weights.modalities,
        network,
        labels: labelsInPlace(labels, order),
        memberships: rowsInPlace(memberships, order),
        embedding: rowsInPlace(embedding, order),
        history,
        seconds: { fit: seconds, affinity: 0, assign: (performance.now() - trained) / 1000 },
      });
    },
  });
}

/** Mutual information is between two modalities at least. */
function checkModalities({ modalities }: Paired): void {
  if (modalities.length >= 2) return;
  throw new CrossmodalError({
    code: 'unsupported',
    where: method,
    expected: 'two modalities or more',
    received: `${modalities.length}`,
    advice: 'Use exact or dmsc for one modality.',
  });
}
