import type { DenseMatrix, RandomSource } from '@crossmodal/core';
import { checkClusterings } from '../checks/check-clusterings.js';
import { otherModalities } from '../checks/other-modalities.js';
import { clusterMeans } from '../clusters/cluster-means.js';
import { clusterSizes } from '../clusters/cluster-sizes.js';
import { projected } from '../linear-maps/projected.js';
import { principalBasis } from '../linear-maps/principal-basis.js';
import { whitenedBasis } from '../linear-maps/whitened-basis.js';
import { matchByGeometry, type GeometryMatch } from './match-by-geometry.js';

/** Options of {@link matchClusters}. */
export interface MatchClustersOptions {
  /** Cluster of each row of each modality, in `0..clusters-1`; clusters are numbered in each modality by itself. */
  readonly labels: readonly Int32Array[];
  /** Number of clusters, the same in all modalities. */
  readonly clusters: number;
  /** Number of the modality that the others are matched with. @defaultValue 0 */
  readonly anchor?: number;
  /** Numbers of the modalities whose matches decide in which geometry all are matched, see {@link stableModalities}. @defaultValue all */
  readonly stable?: readonly number[];
  /** Draws the starts of decompositions and searches. */
  readonly random: RandomSource;
}

/** Ridges of the whitening that are tried; undefined keeps Euclid's distances of all features. */
const RIDGES = [undefined, 0.1, 1] as const;

/**
 * Matches the clusters of each modality with those of the anchor, without common samples: by the distances between the centres of the clusters, see
 * {@link matchByGeometry}, in the geometry whose best match stands out most from the next best. Tried are the features as they are, and two bases in
 * which clusters are round.
 *
 * @param features - one per modality, shape `[n_v, d_v]`, columns of mean 0
 * @returns for each modality but the anchor, ascending, the match of the anchor's clusters with its own
 * @throws CrossmodalError `shape` when labels and features do not fit; `value` on a label out of range; `option` when the anchor is not one of the
 * modalities.
 * @example
 * ```ts
 * const corners = [[0, 0], [4, 0], [0, 9]];
 * const first = centreColumns(fromRows([...corners, ...corners]));
 * const turned = corners.map(([x = 0, y = 0]) => [y, -x, 0]).reverse();
 * const second = centreColumns(fromRows([...turned, ...turned]));
 * const labels = Int32Array.of(0, 1, 2, 0, 1, 2);
 * const [found] = matchClusters([first, second], {
 *   labels: [labels, labels],
 *   clusters: 3,
 *   random: randomSource(0),
 * });
 * console.log(found?.match); // 2, 1, 0
 * ```
 */
export function matchClusters(
  features: readonly DenseMatrix[],
  { labels, clusters, anchor = 0, stable, random }: MatchClustersOptions,
): GeometryMatch[] {
  const where = 'matchClusters';
  checkClusterings(where, features, labels, clusters);
  const others = otherModalities(where, features.length, anchor);
  const size = latentDimensions(features, clusters);
  const principal = features.map((own, v) =>
    principalBasis(own, { size, random: random.fork(`basis ${v}`) }),
  );
  const sizes = labels.map((own) => clusterSizes(own, clusters));
  const centresBy = (ridge: number | undefined, v: number) => {
    const own = features[v]!;
    if (ridge === undefined) return clusterMeans(own, labels[v]!, clusters);
    const basis = whitenedBasis(own, { basis: principal[v]!, labels: labels[v]!, clusters, ridge });
    return clusterMeans(projected(own, basis), labels[v]!, clusters);
  };
  const trials = RIDGES.map((ridge) => {
    const centres = features.map((_, v) => centresBy(ridge, v));
    const matches = others.map((v) =>
      matchByGeometry(centres[anchor]!, centres[v]!, {
        random: random.fork(`match ${v}`),
        weights: [sizes[anchor]!, sizes[v]!],
      }),
    );
    const deciding = matches.filter((_, m) => stable?.includes(others[m]!) ?? true);
    return { matches, doubt: meanDoubt(deciding) };
  });
  return trials.reduce((best, trial) => (trial.doubt < best.doubt ? trial : best)).matches;
}

/** Dimensions in which the centres of clusters can differ in all modalities, 1 or more. */
export function latentDimensions(features: readonly DenseMatrix[], clusters: number): number {
  return Math.max(1, Math.min(clusters - 1, ...features.map((own) => Math.min(own.columns, own.rows))));
}

/** Mean ratio of the cost of the best match to that of the next best, `0..1`. */
function meanDoubt(matches: readonly GeometryMatch[]): number {
  const doubts = matches.map(({ cost, runnerUp }) =>
    runnerUp === Infinity ? 0 : cost / Math.max(runnerUp, Number.MIN_VALUE),
  );
  return doubts.reduce((sum, value) => sum + value, 0) / Math.max(1, doubts.length);
}
