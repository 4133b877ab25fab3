import { CrossmodalError } from '@crossmodal/core';
import { sameShape, type Layer } from '@crossmodal/encoders';
import { checkCount, joinModules, tf, type ApplyContext, type Module } from '@crossmodal/tensors';
import { checkModality } from '../checks/check-modality.js';
import { otherModalities } from '../checks/other-modalities.js';

/**
 * Maps between the latent spaces of several modalities, by way of the space of one of them, the anchor: for two modalities A (the anchor)
 * and B these are the generators `G_BA` and `G_AB`; each further modality C adds `G_CA` and `G_AC`, and goes to B through A.
 */
export interface CycleMapping extends Module {
  /** Number of the anchor modality. */
  readonly anchor: number;
  /** Sizes `q` of the latents, one per modality. */
  readonly latentSizes: readonly number[];
  /** Numbers of the other modalities, ascending. */
  readonly others: readonly number[];
  /** The map into the anchor's space of modality v, `[n, q_v]` to `[n, q_anchor]`; none for the anchor itself. */
  readonly toAnchor: readonly (Layer | undefined)[];
  /** The map out of the anchor's space into that of modality v, `[n, q_anchor]` to `[n, q_v]`; none for the anchor itself. */
  readonly fromAnchor: readonly (Layer | undefined)[];
  /**
   * Latents `[n, q_from]` of one modality as latents `[n, q_to]` of another; those of the same modality are returned as they are.
   *
   * @throws CrossmodalError `option` when there is no such modality; `shape` when the latents have another size.
   */
  translate(z: tf.Tensor, from: number, to: number, context: ApplyContext): tf.Tensor;
  /**
   * The way there and back, `G_BA(G_AB(z))`, `[n, q_from]` to `[n, q_from]`: what cycle consistency compares with `z`.
   *
   * @throws CrossmodalError as {@link translate}.
   */
  roundTrip(z: tf.Tensor, from: number, via: number, context: ApplyContext): tf.Tensor;
  /**
   * Latents of every modality, `[n_v, q_v]`, in the anchor's space, `[n_v, q_anchor]`: the row counts may differ.
   *
   * @throws CrossmodalError `shape` when the number of tensors or their sizes differ.
   */
  unify(latents: readonly tf.Tensor[], context: ApplyContext): tf.Tensor[];
}

/** Options of {@link cycleMapping}. */
export interface CycleMappingOptions {
  /** Size of the anchor's latents. */
  readonly anchorSize: number;
  /** Number of the anchor among all modalities, `0..maps.length`. @defaultValue 0 */
  readonly anchor?: number;
  /** Both maps of each other modality, in the order of the modalities. */
  readonly maps: readonly {
    /** `[n, q_v]` to `[n, anchorSize]`. */
    readonly to: Layer;
    /** `[n, anchorSize]` to `[n, q_v]`. */
    readonly from: Layer;
  }[];
}

/**
 * Joins maps between latent spaces, and owns them.
 *
 * @throws CrossmodalError `option` when the anchor is not one of the modalities; `shape` when a map does not fit the anchor or its way back.
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, the cross-modal mappings
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * import { dense } from '@crossmodal/encoders';
 * import { tf } from '@crossmodal/tensors';
 * const random = randomSource(0);
 * const to = dense({ inputSize: 4, units: 6, random });
 * const from = dense({ inputSize: 6, units: 4, random });
 * const mapping = cycleMapping({ anchorSize: 6, maps: [{ to, from }] });
 * const z = tf.zeros([5, 4]);
 * const returned = mapping.roundTrip(z, 1, 0, { training: false }); // [5, 4]
 * tf.dispose([z, returned]);
 * mapping.dispose();
 * ```
 */
export function cycleMapping({ anchorSize, anchor = 0, maps }: CycleMappingOptions): CycleMapping {
  const count = maps.length + 1;
  const others = otherModalities('cycleMapping', count, anchor);
  maps.forEach(({ to, from }, m) => {
    checkMap(`maps.${m}.to`, [anchorSize], to.outputShape);
    checkMap(`maps.${m}.from`, [anchorSize], from.inputShape);
    checkMap(`maps.${m}.from`, to.inputShape, from.outputShape);
  });
  const mapsOf = (v: number) => (v === anchor ? undefined : maps[v < anchor ? v : v - 1]!);
  const toAnchor = Array.from({ length: count }, (_, v) => mapsOf(v)?.to);
  const fromAnchor = Array.from({ length: count }, (_, v) => mapsOf(v)?.from);

  const translate: CycleMapping['translate'] = (z, from, to, context) => {
    checkModality('cycleMapping translate', from, count);
    checkModality('cycleMapping translate', to, count);
    // A copy of the handle: the caller owns what it gets, as with every other way.
    if (from === to) return tf.clone(z);
    return tf.tidy(() => {
      const anchored = toAnchor[from]?.apply(z, context) ?? z;
      return fromAnchor[to]?.apply(anchored, context) ?? anchored;
    });
  };
  return {
    ...joinModules(maps.flatMap(({ to, from }) => [to, from])),
    anchor,
    latentSizes: toAnchor.map((map) => map?.inputShape[0] ?? anchorSize),
    others,
    toAnchor,
    fromAnchor,
    translate,
    roundTrip: (z, from, via, context) =>
      tf.tidy(() => translate(translate(z, from, via, context), via, from, context)),
    unify(latents, context) {
      checkCount('cycleMapping unify', 'latents', count, latents.length);
      return latents.map((z, v) => translate(z, v, anchor, context));
    },
  };
}

function checkMap(where: string, expected: readonly number[], received: readonly number[]): void {
  if (sameShape(expected, received)) return;
  throw new CrossmodalError({
    code: 'shape',
    where: `cycleMapping option '${where}'`,
    expected: `[n, ${expected.join(', ')}]`,
    received: `[n, ${received.join(', ')}]`,
  });
}
