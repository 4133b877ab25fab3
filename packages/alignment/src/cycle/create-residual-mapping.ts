import type { RandomSource } from '@crossmodal/core';
import { disposeOnError, residualDense, type Layer } from '@crossmodal/encoders';
import type { LinearMap } from '../linear-maps/linear-map.js';
import type { MapPair } from '../linear-maps/map-pair.js';
import { otherModalities } from '../checks/other-modalities.js';
import { cycleMapping, type CycleMapping } from './cycle-mapping.js';

/** Options of {@link createResidualMapping}. */
export interface CreateResidualMappingOptions {
  /** Number of modalities, 2 or more. */
  readonly modalities: number;
  /** Number of the anchor modality. @defaultValue 0 */
  readonly anchor?: number;
  /** Size `q` of all latents. */
  readonly latentSize: number;
  /** Units of the nonlinear part of each map. @defaultValue 128 */
  readonly hidden?: number;
  /** For each modality but the anchor, ascending: where its maps start; left out at random. @defaultValue all at random */
  readonly starts?: readonly (MapPair | undefined)[];
  /** Decides the weights; those of one modality's maps do not depend on the others. */
  readonly random: RandomSource;
}

/**
 * Builds maps to and from the anchor's latent space that are linear at first, such as those of {@link alignByMatchedClusters}, and bent by training.
 *
 * @throws CrossmodalError `option` when the anchor is not one of the modalities, or a size is not a positive integer.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const mapping = createResidualMapping({ modalities: 3, anchor: 1, latentSize: 4, random: randomSource(0) });
 * console.log(mapping.others); // 0 and 2
 * mapping.dispose();
 * ```
 */
export function createResidualMapping(options: CreateResidualMappingOptions): CycleMapping {
  const { modalities, anchor = 0, latentSize, hidden = 128, starts = [], random } = options;
  const others = otherModalities('createResidualMapping', modalities, anchor);
  return disposeOnError((built: Layer[]) => {
    const maps = others.map((_, m) => {
      const sides = { inputSize: latentSize, units: latentSize, hidden, random: random.fork(`map ${m}`) };
      const to = residualMap({ ...sides, start: starts[m]?.to });
      built.push(to);
      const from = residualMap({ ...sides, start: starts[m]?.from });
      built.push(from);
      return { to, from };
    });
    return cycleMapping({ anchorSize: latentSize, anchor, maps });
  });
}

/** Options of {@link residualMap}. */
export interface ResidualMapOptions {
  /** Features in, `d`. */
  readonly inputSize: number;
  /** Features out, `q`. */
  readonly units: number;
  /** Units of the nonlinear part. @defaultValue 128 */
  readonly hidden?: number;
  /** Where it starts, `[d, q]`. @defaultValue at random */
  readonly start?: LinearMap | undefined;
  /** Decides the other weights. */
  readonly random: RandomSource;
}

/**
 * A layer that is a linear map at first, and bent by training: {@link residualDense} with that start, `[n, d]` to `[n, q]`.
 *
 * @throws CrossmodalError `option` when a size is not a positive integer, or the start has another one.
 * @example
 * ```ts
 * import { fromRows, randomSource } from '@crossmodal/core';
 * import { tf } from '@crossmodal/tensors';
 * const start = { weights: fromRows([[1, 0], [0, 1]]), offsets: Float64Array.of(1, 2) };
 * const layer = residualMap({ inputSize: 2, units: 2, start, random: randomSource(0) });
 * const y = layer.apply(tf.ones([1, 2]), { training: false });
 * console.log(Array.from(y.dataSync())); // 2, 3
 * y.dispose();
 * layer.dispose();
 * ```
 */
export function residualMap({ start, ...options }: ResidualMapOptions): Layer {
  return residualDense({
    ...options,
    ...(start && {
      initialiser: () => Float32Array.from(start.weights.values),
      offsets: Float32Array.from(start.offsets),
    }),
  });
}
