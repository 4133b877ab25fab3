import type { ImageModality, Modality, RandomSource } from '@crossmodal/core';
import {
  namedInitialiser,
  patchFilters,
  type ConvolutionLayerOptions,
  type Initialiser,
} from '@crossmodal/encoders';
import { createMultimodalAutoencoder, type Fusion } from '@crossmodal/fusion';
import { fusionOf, type ResolvedDefaultOptions, type ResolvedDmscOptions } from './dmsc-options.js';
import type { NetworkInput } from './network-input.js';

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
  const layers = imageLayers(resolved, shapes);
  // Intermediate fusion needs a layer after the merge.
  const deep = resolved.fusion === 'intermediate';
  return createMultimodalAutoencoder({
    shapes,
    fusion,
    images: {
      layers: deep ? [layers, { filters: 2 * resolved.filters, kernelSize: 3, contrast: true }] : [layers],
    },
    vectors: {
      layers: deep ? [{ units: resolved.units }, { units: resolved.units }] : [{ units: resolved.units }],
    },
    initialiser: 'heNormal',
    encoderInitialiser: (v) => {
      const modality = modalities?.[v];
      if (shapes[v]!.length === 1) return 'orthogonal';
      return modality?.kind === 'images' ? firstFromPatches(modality) : 'heNormal';
    },
    random,
  });
}

/** Convolution, pooling to about `cells` cells along the shorter side of the smallest image, contrast normalisation. */
function imageLayers(
  { filters, kernelSize, cells }: ResolvedDefaultOptions,
  shapes: readonly (readonly number[])[],
): ConvolutionLayerOptions {
  const sides = shapes
    .filter((shape) => shape.length === 3)
    .map(([height, width]) => Math.min(height!, width!));
  const pool = sides.length === 0 ? 1 : Math.max(1, Math.floor(Math.min(...sides) / cells));
  return { filters, kernelSize, pool, contrast: true };
}

/** Patches start the first convolution; those behind it see feature maps, and start at random. */
function firstFromPatches({ features, height, width, channels }: ImageModality): Initialiser {
  let first = true;
  return (shape, fans, random) => {
    const [size = 0] = shape;
    const learned = first && height >= size && width >= size;
    first = false;
    const initialiser = learned
      ? patchFilters({ features, height, width, channels })
      : namedInitialiser('heNormal');
    return initialiser(shape, fans, random);
  };
}
