import { presenceOf, selectRows, type ImageModality, type Modality } from '@crossmodal/core';
import type { ConvolutionLayerOptions } from '../convolutional/convolution-layer-options.js';
import type { Initialiser } from '../initialisers/initialiser.js';
import { namedInitialiser, type InitialiserName } from '../initialisers/named-initialiser.js';
import { patchFilters } from '../initialisers/patch-filters.js';

/** Size of the image front end. */
export interface ImageFrontEndSize {
  /** Filters of the convolution. @defaultValue 16 */
  readonly filters?: number;
  /** Side of its kernels, in pixels. @defaultValue 5 */
  readonly kernelSize?: number;
  /** Feature maps are averaged over windows until about this many cells are left along the shorter side. @defaultValue 7 */
  readonly cells?: number;
}

/** What {@link imageFrontEnd} takes. */
export interface ImageFrontEndOptions extends ImageFrontEndSize {
  /** One sample of each modality, `[height, width, channels]` or `[d]`. */
  readonly shapes: readonly (readonly number[])[];
  /** The training modalities, whose patches start the filters; left out when values are restored afterwards. */
  readonly modalities?: readonly Modality[] | undefined;
}

/** A first layer for images that works before any training, and how it starts. */
export interface ImageFrontEnd {
  /** Convolution, ReLU, average pooling to about `cells` cells, contrast normalisation. */
  readonly layer: ConvolutionLayerOptions;
  /**
   * Start of the encoder of modality v: the first convolution of images at filters learned from their patches, those behind it by He's
   * normal draw; orthogonal for vectors.
   */
  initialiser(v: number): Initialiser | InitialiserName;
}

/**
 * The image front end of the default presets: one convolution whose filters are the spherical k-means of image patches, ReLU, average
 * pooling and contrast normalisation. No labels are used.
 *
 * Pooling is the same for all modalities, and decided by the smallest image.
 */
export function imageFrontEnd(options: ImageFrontEndOptions): ImageFrontEnd {
  const { shapes, modalities, filters = 16, kernelSize = 5, cells = 7 } = options;
  const sides = shapes
    .filter((shape) => shape.length === 3)
    .map(([height, width]) => Math.min(height!, width!));
  const pool = sides.length === 0 ? 1 : Math.max(1, Math.floor(Math.min(...sides) / cells));
  return {
    layer: { filters, kernelSize, pool, contrast: true },
    initialiser(v) {
      if (shapes[v]!.length === 1) return 'orthogonal';
      const modality = modalities?.[v];
      return modality?.kind === 'images' ? firstFromPatches(modality) : 'heNormal';
    },
  };
}

/** Patches of present images start the first convolution; those behind it see feature maps, and start at random. */
function firstFromPatches(modality: ImageModality): Initialiser {
  const { features, height, width, channels } = presentImages(modality);
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

/** Absent images are blank: their patches are flat, and would only take the places of others. */
function presentImages(modality: ImageModality): ImageModality {
  const present = presenceOf(modality);
  if (present === undefined) return modality;
  return selectRows(
    modality,
    Int32Array.from(present.keys()).filter((i) => present[i] !== 0),
  );
}
