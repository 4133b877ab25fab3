import { rowsInPlace } from '@crossmodal/assembly';
import { checkPaired, fitPause, labelsInPlace } from '@crossmodal/method';
import { canonicalOrder, checkFitOptions, permuteSymmetric, randomSource, selectRows, type Clusterer, type FitOptions, type Paired } from '@crossmodal/core';
import { prepareModality, restorePrepared, type PreparedModality } from '@crossmodal/transforms';
import { buildAffinity, ridgeFactor } from '@crossmodal/self-expressive';
import { spectralClustering } from '@crossmodal/spectral';
import {
  recipesOf,
  resolveExactOptions,
  type ExactOptions,
  type ResolvedExactOptions,
} from './exact-options.js';
import { FittedExact } from './fitted-exact.js';
import { fitFeatures } from './fit-features.js';
import { withHog } from './with-hog.js';

/**
 * Network-free multi-modal subspace clustering: exact self-expression, averaged graphs, a heat-weighted spectral embedding, k-means.
 *
 * Each modality becomes features by the signed square root, unit rows, centring and unit rows again; `G_v = X_v X_v^T`, and
 * `K_v = exp(-D_v / (3 median D_v))`. `S[K, rho]` is the exact self-expression and `T(S, k)` its graph of the `k` strongest coefficients a row.
 * `R` is the mean of `T(S[K, 5], 5)`, `T(S[K, 20], 7)`, `T(S[G, 30], 5)` and the mean over modalities of `T(S[G_v, 10], 3)`, with
 * `K = sum K_v`, `G = sum G_v`, the linear ones without negative coefficients, which would join opposite clusters; `F2` is the first alone. Images are taken as vectors of pixels. Vectors of
 * one or two features are standardised and projected onto a sphere instead ({@link fitSphere}), so that lengths count too.
 *
 * A sample that lacks a modality is filled there, kernel by kernel, by the ten samples that have it and are most similar in the modalities that
 * both have: `K_v <- M K_v M^T` with their weights in M. Its other modalities alone decide which these are. No labels are used, nothing is
 * trained, and the seed only starts the eigen-solver and k-means. Objects are worked on in an order of their own, so the order of the rows
 * does not matter.
 *
 * @throws CrossmodalError `option` naming the first option that is wrong or unknown.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { gaussianBlobs } from '@crossmodal/datasets';
 *
 * const modalities = [{ dimension: 10 }, { dimension: 20 }];
 * const { data } = gaussianBlobs({ n: 100, clusters: 4, modalities, random: randomSource(1) });
 * const fitted = await createExact().fit(data, { clusters: 4, seed: 1 });
 * console.log(fitted.labels);
 * ```
 */
export function createExact(options: ExactOptions = {}): Clusterer<Paired, FittedExact> {
  const resolved = resolveExactOptions(options);
  return { method: 'exact', fit: (data, fitOptions) => fitExact(resolved, data, fitOptions) };
}

async function fitExact(
  resolved: ResolvedExactOptions,
  data: Paired,
  options: FitOptions,
): Promise<FittedExact> {
  const where = 'exact';
  checkPaired(where, data);
  const { clusters, seed } = checkFitOptions(where, data, options);
  const random = randomSource(seed);
  const { signal } = options;
  const pause = fitPause(where, options);

  const start = performance.now();
  // Rounding depends on the order of sums, and ties between coefficients on rounding.
  const order = canonicalOrder(data);
  const raw = withHog(selectRows(data, order).modalities, resolved.hog);
  const modalities: PreparedModality[] = [];
  for (const [v, modality] of raw.entries()) {
    await pause('features', v, raw.length);
    modalities.push(prepareModality(modality, { fit: fitFeatures(modality) }));
  }
  const prepared = performance.now();
  const { affinity, medians } = await buildAffinity(modalities, {
    recipes: recipesOf(resolved),
    width: resolved.width,
    ridgeFactor: ridgeFactor(data.n, resolved.ridgeReference),
    pause: (step, steps) => pause('affinity', step, steps),
  });
  const built = performance.now();
  await pause('assign', 0, 1);
  const assigned = spectralClustering(affinity, {
    clusters,
    random: random.fork('spectral'),
    restarts: resolved.restarts,
    extraEigenvectors: resolved.extraEigenvectors,
    bandwidth: resolved.bandwidth,
    ...(signal ? { signal } : {}),
  });
  await pause('assign', 1, 1);
  const seconds = {
    fit: (prepared - start) / 1000,
    affinity: (built - prepared) / 1000,
    assign: (performance.now() - built) / 1000,
  };
  return new FittedExact({
    resolved,
    clusters,
    seed,
    modalities: modalities.map((modality) => restorePrepared(modality, order)),
    medians,
    labels: labelsInPlace(assigned.labels, order, raw, clusters),
    embedding: rowsInPlace(assigned.embedding, order),
    affinity: permuteSymmetric(affinity, order),
    seconds,
  });
}
