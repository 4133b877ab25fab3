import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import {
  batchShape,
  createOwnEncoder,
  disposeOnError,
  type EncoderPart,
  type Initialiser,
  type InitialiserName,
  type Layer,
} from '@crossmodal/encoders';
import { affinityFusion } from '../affinity-fusion.js';
import type { FusionFunction } from '../spatial/fusion-function.js';
import type { Fusion } from '../fusion.js';
import { spatialFusion } from '../spatial/spatial-fusion.js';
import { buildDecoder } from './build-decoder.js';
import { buildLayers, ownBlueprint, type Blueprint } from './build-layers.js';
import { buildTree, type MergePlan } from './build-tree.js';
import {
  resolveNetworks,
  type ImageNetworkOptions,
  type NetworkLayers,
  type VectorNetworkOptions,
} from './network-options.js';

/** Where and how the modalities meet. */
export type FusionOptions =
  | { readonly kind: 'affinity' }
  | { readonly kind: 'early'; readonly function: FusionFunction }
  | { readonly kind: 'late'; readonly function: FusionFunction }
  | {
      readonly kind: 'intermediate';
      readonly function: FusionFunction;
      /** Layers before the merge, `1..layers - 1`. @defaultValue half of the layers, rounded up */
      readonly depth?: number;
      /** Merges at several depths, such as weak modalities first; instead of `depth`. */
      readonly tree?: MergePlan;
    };

/** What {@link createMultimodalAutoencoder} takes. */
export interface MultimodalAutoencoderOptions {
  /** Shape of one sample of each modality: `[height, width, channels]` or `[d]`. */
  readonly shapes: readonly (readonly number[])[];
  /** Where and how the modalities meet. */
  readonly fusion: FusionOptions;
  /** Layers of images, the same for every modality of images. */
  readonly images?: ImageNetworkOptions;
  /** Layers of vectors, the same for every modality of vectors. */
  readonly vectors?: VectorNetworkOptions;
  /** Start of every weight. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Start of the layers that one modality has to itself, where it differs. @defaultValue `initialiser` for all */
  readonly encoderInitialiser?: (modality: number) => Initialiser | InitialiserName;
  /** Encoders of the caller's own, by modality; undefined keeps the layers above. With affinity fusion only. @defaultValue none */
  readonly encoders?: readonly (EncoderPart | undefined)[];
  /** Decides the weights; each encoder's and decoder's do not depend on the others. */
  readonly random: RandomSource;
}

/**
 * Builds the encoders and decoders of several modalities, images or vectors or both, with one of DMSC's four fusions.
 *
 * With `concat`, images of one height and width are stacked as channels; vectors, images of different sizes, or both, are laid out and
 * joined as features, and the layers after that are those of vectors. `sum` and `max` want features of one shape where they meet.
 *
 * @throws CrossmodalError `shape` when features that must be of one shape are not; `option` when a depth or a size is out of range.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const fusion = createMultimodalAutoencoder({
 *   shapes: [[28, 28, 1], [324]],
 *   fusion: { kind: 'affinity' },
 *   random: randomSource(0),
 * });
 * fusion.latentSizes; // [1470, 100]
 * fusion.dispose();
 * ```
 */
export function createMultimodalAutoencoder(options: MultimodalAutoencoderOptions): Fusion {
  const { shapes, fusion, images, vectors, initialiser = 'heNormal', random } = options;
  const { encoderInitialiser = () => initialiser } = options;
  shapes.forEach(checkShape);
  if (shapes.length === 0) {
    throw new CrossmodalError({
      code: 'option',
      where: 'createMultimodalAutoencoder',
      expected: 'one modality at least',
      received: 'none',
    });
  }
  const networks = resolveNetworks(images, vectors);
  return disposeOnError((built: Layer[]) =>
    assemble(shapes, fusion, { networks, initialiser, encoderInitialiser, random, built }, options.encoders),
  );
}

function assemble(
  shapes: readonly (readonly number[])[],
  fusion: FusionOptions,
  blueprint: Blueprint,
  own: readonly (EncoderPart | undefined)[] = [],
): Fusion {
  if (fusion.kind === 'affinity') {
    const pairs = shapes.map((shape, v) => {
      const part = own[v];
      const made = part && createOwnEncoder(part, { modality: v, shape, random: blueprint.random });
      if (made !== undefined) blueprint.built.push(...Object.values(made));
      const encoder =
        made?.encoder ?? buildLayers(ownBlueprint(blueprint, v), shape, 0, Infinity, `encoder ${v}`);
      return { encoder, decoder: made?.decoder };
    });
    return affinityFusion({
      encoders: pairs.map(({ encoder }) => encoder),
      decoders: pairs.map(
        ({ encoder: { inputShape, outputShape }, decoder }, v) =>
          decoder ?? buildDecoder(blueprint, inputShape, outputShape, `decoder ${v}`),
      ),
    });
  }
  const plan = planOf(fusion, shapes, blueprint.networks);
  const tree = buildTree(blueprint, shapes, fusion.function, plan);
  const decoders = shapes.map((shape, v) =>
    buildDecoder(blueprint, shape, tree.layer.outputShape, `decoder ${v}`),
  );
  return spatialFusion({ kind: fusion.kind, tree, decoders });
}

function planOf(
  fusion: Exclude<FusionOptions, { kind: 'affinity' }>,
  shapes: readonly (readonly number[])[],
  { images, vectors }: NetworkLayers,
): MergePlan {
  const children = shapes.map((_, v) => v);
  if (fusion.kind === 'early') return { depth: 0, children };
  if (fusion.kind === 'late') return { depth: Infinity, children };
  if (fusion.tree !== undefined) return fusion.tree;
  const layers = Math.min(...shapes.map((shape) => (shape.length === 3 ? images : vectors).layers.length));
  const { depth = Math.ceil(layers / 2) } = fusion;
  if (!Number.isInteger(depth) || depth < 1 || depth >= layers) {
    throw new CrossmodalError({
      code: 'option',
      where: "fusion option 'depth'",
      expected: `an integer in 1..${layers - 1}, with layers before and after the merge`,
      received: String(depth),
      advice: 'Use early or late fusion to merge before or after all layers.',
    });
  }
  return { depth, children };
}

function checkShape(shape: readonly number[], v: number): void {
  const known = shape.length === 1 || shape.length === 3;
  if (known && shape.every((size) => Number.isInteger(size) && size >= 1)) return;
  throw new CrossmodalError({
    code: 'option',
    where: `createMultimodalAutoencoder option 'shapes', modality ${v}`,
    expected: '[height, width, channels] or [d]',
    received: batchShape(shape),
  });
}
