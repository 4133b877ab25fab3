import { denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { columnDeviations, scaleMatrix, standardDeviation } from '@crossmodal/linalg';
import { checkColumns } from '../checks/check-columns.js';
import { otherModalities } from '../checks/other-modalities.js';
import { projected } from '../linear-maps/projected.js';
import { stackRows } from '../linear-maps/stack-rows.js';
import { linearDecoder } from '../linear-maps/linear-decoder.js';
import type { LinearMap } from '../linear-maps/linear-map.js';
import { principalBasis } from '../linear-maps/principal-basis.js';
import type { AlignedMaps } from './aligned-maps.js';

/** Options of {@link alignByCommonBasis}. */
export interface AlignByCommonBasisOptions {
  /** Number of the modality into whose space the maps lead. @defaultValue 0 */
  readonly anchor?: number;
  /** Most principal directions `q`. */
  readonly latentSize: number;
  /** Draws the start of the decomposition. */
  readonly random: RandomSource;
}

/**
 * One basis for modalities that share their coordinates, such as images of one size that show the same things in the same places: principal
 * directions of all features together. The map between two modalities stretches every direction to the deviation it has in the other.
 *
 * Latents of all modalities together have deviation 1. Whether modalities do share their coordinates, {@link layoutsAgree} tells.
 *
 * @param features - one per modality, shape `[n_v, d]`, columns of mean 0
 * @throws CrossmodalError `shape` when the numbers of columns differ; `option` when the anchor is not one of the modalities, or the size not an
 * integer of 1 or more.
 * @example
 * ```ts
 * const first = fromRows([[-1, -2], [0, 0], [1, 2]]);
 * const second = fromRows([[-3, -6], [3, 6]]); // the same direction, other samples
 * const { encoders, maps } = alignByCommonBasis([first, second], {
 *   latentSize: 1,
 *   random: randomSource(0),
 * });
 * const latents = applyLinearMap(second, encoders[1]!);
 * console.log(applyLinearMap(latents, maps[0]!.to).values); // with the deviation of the first modality
 * ```
 */
export function alignByCommonBasis(
  features: readonly DenseMatrix[],
  { anchor = 0, latentSize, random }: AlignByCommonBasisOptions,
): AlignedMaps {
  const where = 'alignByCommonBasis';
  const others = otherModalities(where, features.length, anchor);
  for (const own of features) checkColumns(where, own, features[0]!.columns);
  const stacked = stackRows(features);
  const basis = principalBasis(stacked, { size: latentSize, random: random.fork('basis') });
  const deviation = standardDeviation(projected(stacked, basis).values) || 1;
  const weights = scaleMatrix(basis, 1 / deviation);
  const encoder = { weights, offsets: new Float64Array(weights.columns) };
  const latents = features.map((own) => projected(own, weights));
  const spreads = latents.map((own) => columnDeviations(own));
  return {
    encoders: features.map(() => encoder),
    decoders: features.map((own, v) => linearDecoder(latents[v]!, own)),
    maps: others.map((v) => ({
      to: stretch(spreads[v]!, spreads[anchor]!),
      from: stretch(spreads[anchor]!, spreads[v]!),
    })),
  };
}

/** The diagonal map from deviations to others; a direction that varies in one of them only stays as it is. */
function stretch(from: Float64Array, to: Float64Array): LinearMap {
  const q = from.length;
  const values = new Float64Array(q * q);
  for (let j = 0; j < q; j++) values[j * q + j] = from[j]! > 0 && to[j]! > 0 ? to[j]! / from[j]! : 1;
  return { weights: denseMatrix(values, q, q), offsets: new Float64Array(q) };
}
