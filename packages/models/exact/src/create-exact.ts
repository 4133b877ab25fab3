import type { Clusterer, CsrMatrix, Paired } from '@crossmodal/core';
import type { FittedMethod } from '@crossmodal/method';
import { exact } from './exact.js';
import type { ExactOptions, ExactTypes } from './types.js';

/** A clustering by {@link createExact}; `history` is empty, since nothing is trained. */
export type FittedExact = FittedMethod<ExactTypes> & {
  /** Mean of the graphs, in `[0, 1]`; with `C5` their sum by weights, of mean degree 1 unless groups are apart. Shape `[n, n]`, symmetric, not negative. */
  readonly affinity: CsrMatrix<Float32Array>;
};

/**
 * Network-free multi-modal subspace clustering: exact self-expression, the consensus of several graphs, a heat-weighted spectral embedding, k-means.
 *
 * Each modality becomes features by the signed square root, unit rows, centring and unit rows again; `G_v = X_v X_v^T`, and
 * `K_v = exp(-D_v / (3 median D_v))`. `S[K, rho]` is the exact self-expression and `T(S, k)` its graph of the `k` strongest coefficients per row.
 * `C5`, the default, is the consensus of `T(S[K, 5], 5)`, `T(S[G, 30], 5)`, the means over modalities of `T(S[G_v, 10], 3)` and `T(S[K_v, 3], 4)`,
 * and self-tuning neighbour graphs, with `K = sum K_v`, `G = sum G_v`: they are weighed by how far their partitions agree, and these
 * partitions are a low-rank part of what is embedded. `R` is the mean of `T(S[K, 5], 5)`, `T(S[K, 20], 7)`, `T(S[G, 30], 5)` and the mean over
 * modalities of `T(S[G_v, 10], 3)`; `F2` is its first graph alone. The linear graphs have no negative coefficients, which would join opposite
 * clusters. Images are taken as vectors of pixels, and gain histograms of oriented gradients unless they have some or an edge map.
 *
 * Vectors of four features or fewer become places instead ({@link fitPlaces}), whose distances count and not their directions; where all modalities are, the sets of graphs that have names
 * stand for five neighbour graphs ({@link GRAPHS_N5}). Fewer than seven samples far from all others can be a cluster, and `isolated` tells of them.
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
export function createExact(
  options?: ExactOptions & { readonly readout?: never },
): Clusterer<Paired, FittedExact>;
export function createExact(options: ExactOptions): Clusterer<Paired, FittedMethod<ExactTypes>>;
export function createExact(options: ExactOptions = {}): Clusterer<Paired, FittedMethod<ExactTypes>> {
  return exact.create(options);
}
