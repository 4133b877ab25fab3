import { gatherRows, type DenseMatrix } from '@crossmodal/core';
import { scaleMatrix, standardDeviation } from '@crossmodal/linalg';
import { checkClusterings } from '../checks/check-clusterings.js';
import { otherModalities } from '../checks/other-modalities.js';
import { clusterMeans } from '../clusters/cluster-means.js';
import { latentDimensions, matchClusters, type MatchClustersOptions } from '../geometry/match-clusters.js';
import { rotationBetween } from '../geometry/rotation-between.js';
import { discriminantBasis } from '../linear-maps/discriminant-basis.js';
import { projected } from '../linear-maps/projected.js';
import { linearDecoder } from '../linear-maps/linear-decoder.js';
import type { LinearMap } from '../linear-maps/linear-map.js';
import type { AlignedMaps } from './aligned-maps.js';

/** Options of {@link alignByMatchedClusters}: those of {@link matchClusters}. */
export type AlignByMatchedClustersOptions = MatchClustersOptions;

/**
 * A basis of its own for each modality, in which its clusters are round and far apart ({@link discriminantBasis}); the maps are the rotations that
 * bring the centres of matched clusters onto each other ({@link matchClusters}, {@link rotationBetween}). The modalities need no common coordinates
 * and no common samples.
 *
 * Features are taken as they are; where rows are compared by angle, give them unit length before they are centred. Latents have one dimension less than
 * there are clusters, or fewer where a modality has fewer columns or rows.
 *
 * @param features - one per modality, shape `[n_v, d_v]`, columns of mean 0
 * @throws CrossmodalError `shape` when labels and features do not fit; `value` on a label out of range; `option` when the anchor is not one of the
 * modalities.
 * @example
 * ```ts
 * const corners = [[0, 0], [4, 0], [0, 9]];
 * const first = centreColumns(fromRows([...corners, ...corners]));
 * const turned = corners.map(([x = 0, y = 0]) => [y, -x, 0]).reverse();
 * const second = centreColumns(fromRows([...turned, ...turned]));
 * const labels = Int32Array.of(0, 1, 2, 0, 1, 2);
 * const { encoders, maps } = alignByMatchedClusters([first, second], {
 *   labels: [labels, labels],
 *   clusters: 3,
 *   random: randomSource(0),
 * });
 * const latents = applyLinearMap(second, encoders[1]!);
 * console.log(applyLinearMap(latents, maps[0]!.to)); // in the space of the first modality, [6, 2]
 * ```
 */
export function alignByMatchedClusters(
  features: readonly DenseMatrix[],
  options: AlignByMatchedClustersOptions,
): AlignedMaps {
  const { labels, clusters, anchor = 0, random } = options;
  const where = 'alignByMatchedClusters';
  checkClusterings(where, features, labels, clusters);
  const others = otherModalities(where, features.length, anchor);
  const matches = matchClusters(features, options);
  const size = latentDimensions(features, clusters);
  const encoders = features.map((own, v): LinearMap => {
    const basis = discriminantBasis(own, {
      labels: labels[v]!,
      clusters,
      size,
      random: random.fork(`latent ${v}`),
    });
    const deviation = standardDeviation(projected(own, basis).values) || 1;
    const weights = scaleMatrix(basis, 1 / deviation);
    return { weights, offsets: new Float64Array(weights.columns) };
  });
  const latents = features.map((own, v) => projected(own, encoders[v]!.weights));
  const centres = latents.map((own, v) => clusterMeans(own, labels[v]!, clusters));
  return {
    encoders,
    decoders: features.map((own, v) => linearDecoder(latents[v]!, own)),
    maps: others.map((v, m) => rotationBetween(centres[anchor]!, gatherRows(centres[v]!, matches[m]!.match))),
  };
}
