import { fitNetwork, rowsInPlace } from '@crossmodal/assembly';
import { checkComplete, checkMixed, fitPause, labelsInPlace } from '@crossmodal/method';
import { canonicalOrder, checkFitOptions, CrossmodalError, denseMatrix, randomSource, selectRows, throwIfAborted, type Clusterer, type DenseMatrix, type FitOptions, type Mixed, type Modality } from '@crossmodal/core';
import { clusterUnified } from './cluster-unified.js';
import { defaultPlan, type Plan } from './default-plan.js';
import { resolveDm2cOptions, type Dm2cOptions, type ResolvedDm2cOptions } from './dm2c-options.js';
import { FittedDm2c } from './fitted-dm2c.js';
import { paperFeatures } from './modality-features.js';
import { createMixedNetwork } from './network/mixed-network.js';
import { trainNetwork } from './network/train-network.js';
import { trainingSettings } from './network/training-settings.js';
import { unifyLatents } from './network/unify-latents.js';

const method = 'dm2c';

/**
 * Deep mixed-modal clustering: every sample is seen in one modality only, and nothing tells which samples of different modalities belong
 * together. Autoencoders give latents, generators map them between the modalities, critics and cycle consistency train the generators, and all
 * samples are clustered in the space of one modality, the anchor.
 *
 * `preset: 'paper'` follows the paper and its public code. Adversarial training alone makes distributions alike and not clusters, so the
 * default starts the generators from a match of the clusters of each modality by the distances between them, and refines that. Neither
 * uses labels. Objects are worked on in an order of their own, so the order of the rows does not matter.
 *
 * @throws CrossmodalError `option` naming the first option that is wrong, unknown, or of another preset.
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019
 * @example
 * ```ts
 * const { data } = gaussianBlobs({
 *   n: 80,
 *   clusters: 3,
 *   modalities: [{ dimension: 8 }, { dimension: 6 }],
 *   random: randomSource(1),
 * });
 * const unpaired = mixModalities(data, { random: randomSource(2) });
 * const fitted = await createDm2c({ epochs: 2 }).fit(unpaired.data, { clusters: 3, seed: 1 });
 * console.log(fitted.labels);
 * fitted.dispose();
 * ```
 */
export function createDm2c(options: Dm2cOptions = {}): Clusterer<Mixed, FittedDm2c> {
  const resolved = resolveDm2cOptions(options);
  return { method, fit: (data, fitOptions) => fitDm2c(resolved, data, fitOptions) };
}

async function fitDm2c(resolved: ResolvedDm2cOptions, data: Mixed, options: FitOptions): Promise<FittedDm2c> {
  checkMixed(method, data);
  const { clusters, seed } = checkFitOptions(method, data, options);
  const { signal, onProgress } = options;
  checkModalities(data, clusters);
  const chosen = anchorOf(resolved, data.modalities);
  throwIfAborted(signal, method);
  const random = randomSource(seed);
  const watch = { ...(signal ? { signal } : {}), ...(onProgress ? { onProgress } : {}) };
  const pause = fitPause(method, watch);

  const start = performance.now();
  const order = canonicalOrder(data);
  const { modalities } = selectRows(data, order);
  const plan =
    resolved.preset === 'paper'
      ? await paperPlan(resolved.latentSize, modalities, chosen ?? 0, signal)
      : await defaultPlan({
          resolved,
          modalities,
          clusters,
          anchor: chosen,
          random: random.fork('plan'),
          watch,
        });
  const features = plan.fitted.map((fitted) => fitted.features);
  return fitNetwork(watch, {
    start,
    build: () =>
      createMixedNetwork({
        resolved,
        sizes: features.map(({ columns }) => columns),
        latentSize: plan.latentSize,
        anchor: plan.anchor,
        start: plan.start,
        random: random.fork('network'),
      }),
    equip: () => ({ dispose() {} }),
    train: (network, _, listening) =>
      trainNetwork({
        network,
        names: modalities.map(({ name }) => name),
        features,
        live: plan.live,
        settings: trainingSettings(resolved),
        adversarial: resolved.adversarial,
        random: random.fork('training'),
        ...listening,
      }),
    async finish(network, _, { history, seconds }) {
      const trained = performance.now();
      const unified = await unifyLatents(network, features, { unify: resolved.unify, signal });
      const assigning = performance.now();
      const { labels, assignment } = await clusterUnified(unified, {
        resolved,
        clusters,
        readout: plan.readout,
        anchor: plan.anchor,
        live: plan.live,
        random: random.fork('assign'),
        pause: (step, steps) => pause('assign', step, steps),
        signal,
      });
      return new FittedDm2c({
        resolved,
        clusters,
        seed,
        recipes: plan.fitted.map(({ recipe }) => recipe),
        network,
        live: plan.live,
        assignment,
        labels: labelsInPlace(labels, order),
        embedding: rowsInPlace(stacked(unified), order),
        history,
        seconds: {
          fit: seconds + (assigning - trained) / 1000,
          affinity: 0,
          assign: (performance.now() - assigning) / 1000,
        },
      });
    },
  });
}

async function paperPlan(
  latentSize: number,
  modalities: readonly Modality[],
  anchor: number,
  signal: AbortSignal | undefined,
): Promise<Plan> {
  const fitted = await paperFeatures(modalities, signal);
  return { fitted, anchor, live: modalities.map((_, v) => v), latentSize, readout: 'k-means' };
}

function checkModalities({ modalities }: Mixed, clusters: number): void {
  if (modalities.length < 2) {
    throw new CrossmodalError({
      code: 'shape',
      where: method,
      expected: 'two modalities at least',
      received: String(modalities.length),
      advice: 'One modality can be clustered by itself.',
    });
  }
  checkComplete(method, modalities);
  for (const { name, features } of modalities) {
    if (features.rows >= clusters) continue;
    throw new CrossmodalError({
      code: 'option',
      where: `${method} option 'clusters'`,
      expected: `no more clusters than samples of each modality: ${features.rows} of '${name}'`,
      received: String(clusters),
    });
  }
}

function anchorOf({ anchor }: ResolvedDm2cOptions, modalities: readonly Modality[]): number | undefined {
  if (anchor === undefined) return undefined;
  const found = modalities.findIndex(({ name }) => name === anchor);
  if (found >= 0) return found;
  throw new CrossmodalError({
    code: 'option',
    where: `${method} option 'anchor'`,
    expected: `one of the modalities ${modalities.map(({ name }) => `'${name}'`).join(', ')}`,
    received: `'${anchor}'`,
  });
}

function stacked(parts: readonly DenseMatrix[]): DenseMatrix<Float64Array> {
  const { columns } = parts[0]!;
  const values = Float64Array.from(parts.flatMap((part) => Array.from(part.values)));
  return denseMatrix(values, values.length / columns, columns);
}
