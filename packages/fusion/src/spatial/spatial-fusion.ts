import { CrossmodalError } from '@crossmodal/core';
import { sizeOf, type Decoder } from '@crossmodal/encoders';
import { checkCount, joinModules, tf } from '@crossmodal/tensors';
import { checkDecoder } from '../check-decoder.js';
import type { Fusion, FusionKind } from '../fusion.js';
import { checkTree, encodeTree, layersOf, modalitiesOf, type FusionNode } from './fusion-tree.js';

/** What {@link spatialFusion} takes. */
export interface SpatialFusionOptions {
  /** How the modalities meet; each has one leaf. */
  readonly tree: FusionNode;
  /** One a modality, from the shared latent `[n, q]`. */
  readonly decoders: readonly Decoder[];
  /** @defaultValue 'intermediate' */
  readonly kind?: Exclude<FusionKind, 'affinity'>;
}

/**
 * Spatial fusion along any tree: branches of layers that merge one after another into one latent `[n, q]`, from which every modality is
 * decoded. Owns its layers.
 *
 * @throws CrossmodalError `shape` when modalities are not numbered 0..V-1, or layers and decoders do not fit.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018, spatial fusion
 */
export function spatialFusion({ tree, decoders, kind = 'intermediate' }: SpatialFusionOptions): Fusion {
  checkTree(tree);
  const leaves = modalitiesOf(tree).sort((a, b) => a.modality - b.modality);
  const inputShapes = leaves.map(({ layer, modality }, index) => {
    if (modality !== index)
      refuse('every modality once, 0..V-1', leaves.map((leaf) => leaf.modality).join(', '));
    return layer.inputShape;
  });
  checkCount('fusion', 'decoders', leaves.length, decoders.length);
  const latentSize = sizeOf(tree.layer.outputShape);
  decoders.forEach((decoder, v) => {
    checkDecoder(v, decoder, latentSize, inputShapes[v]!);
  });
  return {
    ...joinModules([...layersOf(tree), ...decoders]),
    kind,
    encoderPart: { trainable: layersOf(tree).flatMap((layer) => layer.trainable) },
    decoderPart: { trainable: decoders.flatMap((decoder) => decoder.trainable) },
    inputShapes,
    latentSizes: [latentSize],
    encode(inputs, context) {
      checkCount(`${kind} fusion`, 'modalities', inputShapes.length, inputs.length);
      return tf.tidy(() => {
        const z = encodeTree(tree, inputs, context);
        return [z.rank === 2 ? z : tf.reshape(z, [z.shape[0]!, latentSize])];
      });
    },
    decode(latents, context) {
      checkCount(`${kind} fusion`, 'latent', 1, latents.length);
      return decoders.map((decoder) => decoder.apply(latents[0]!, context));
    },
  };
}

function refuse(expected: string, received: string): never {
  throw new CrossmodalError({ code: 'shape', where: 'fusion', expected, received });
}
