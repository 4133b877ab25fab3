import type { RandomSource } from '@crossmodal/core';
import {
  disposeOnError,
  mlp,
  type ActivationName,
  type DenseLayerOptions,
  type Initialiser,
  type InitialiserName,
  type Layer,
} from '@crossmodal/encoders';
import { checkModality } from '../checks/check-modality.js';
import { cycleMapping, type CycleMapping } from './cycle-mapping.js';

/** Options of {@link createCycleMapping}. */
export interface CreateCycleMappingOptions {
  /** Sizes of the latents, one per modality, two or more. */
  readonly latentSizes: readonly number[];
  /** Number of the anchor modality. @defaultValue 0 */
  readonly anchor?: number;
  /** Layers between input and output of each map; none makes linear maps. @defaultValue none */
  readonly hidden?: readonly DenseLayerOptions[];
  /** @defaultValue 'linear' */
  readonly outputActivation?: ActivationName;
  /** Start of the weights. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Decides the weights; those of one map do not depend on the others. */
  readonly random: RandomSource;
}

/**
 * Builds multi-layer perceptrons to and from the anchor's latent space for every other modality.
 *
 * @throws CrossmodalError `option` when the anchor is not one of the modalities, or a size is not a positive integer.
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, the cross-modal mappings
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { tf } from '@crossmodal/tensors';
 * const mapping = createCycleMapping({
 *   latentSizes: [128, 64],
 *   hidden: [{ units: 256, activation: 'leakyRelu' }],
 *   random: randomSource(0),
 * });
 * const z = tf.zeros([5, 64]);
 * const unified = mapping.translate(z, 1, 0, { training: false }); // [5, 128]
 * tf.dispose([z, unified]);
 * mapping.dispose();
 * ```
 */
export function createCycleMapping(options: CreateCycleMappingOptions): CycleMapping {
  const { latentSizes, anchor = 0, hidden = [], outputActivation = 'linear' } = options;
  const { initialiser = 'heNormal', random } = options;
  checkModality("createCycleMapping option 'anchor'", anchor, latentSizes.length);
  const anchorSize = latentSizes[anchor]!;
  return disposeOnError((built: Layer[]) => {
    const map = (inputSize: number, units: number, label: string): Layer => {
      const layers = [...hidden, { units, activation: outputActivation }];
      const layer = mlp({ inputSize, layers, initialiser, random: random.fork(label) });
      built.push(layer);
      return layer;
    };
    const maps = latentSizes.flatMap((size, v) =>
      v === anchor
        ? []
        : [{ to: map(size, anchorSize, `to anchor ${v}`), from: map(anchorSize, size, `from anchor ${v}`) }],
    );
    return cycleMapping({ anchorSize, anchor, maps });
  });
}
