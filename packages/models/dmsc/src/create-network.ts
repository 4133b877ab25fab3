import { imageFrontEnd, type NetworkInput } from '@crossmodal/assembly';
import type { Modality, RandomSource } from '@crossmodal/core';
import { createMultimodalAutoencoder, type Fusion } from '@crossmodal/fusion';
import { fusionOf, type ResolvedDmscOptions } from './dmsc-options.js';

/** What {@link createNetwork} takes. */
export interface NetworkOptions {
  readonly resolved: ResolvedDmscOptions;
  readonly inputs: readonly NetworkInput[];
  /** The training modalities, whose patches start the filters; left out when values are restored afterwards. */
  readonly modalities?: readonly Modality[];
  readonly random: RandomSource;
}

/** Encoders and decoders of a preset, for given input shapes. */
export function createNetwork({ resolved, inputs, modalities, random }: NetworkOptions): Fusion {
  const shapes = inputs.map((input) => input.shape);
  const fusion = fusionOf(resolved);
  if (resolved.preset === 'paper') {
    const outputActivation = 'relu' as const;
    return createMultimodalAutoencoder({
      shapes,
      fusion,
      images: { outputActivation },
      vectors: { outputActivation },
      initialiser: 'xavierUniform',
      random,
    });
  }
  const { filters, kernelSize, cells } = resolved;
  const { layer, initialiser } = imageFrontEnd({ shapes, modalities, filters, kernelSize, cells });
  // Intermediate fusion needs a layer after the merge.
  const deep = resolved.fusion === 'intermediate';
  return createMultimodalAutoencoder({
    shapes,
    fusion,
    images: {
      layers: deep ? [layer, { filters: 2 * filters, kernelSize: 3, contrast: true }] : [layer],
    },
    vectors: {
      layers: deep ? [{ units: resolved.units }, { units: resolved.units }] : [{ units: resolved.units }],
    },
    initialiser: 'heNormal',
    encoderInitialiser: initialiser,
    random,
  });
}
