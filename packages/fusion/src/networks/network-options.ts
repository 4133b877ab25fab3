import type { ActivationName, ConvolutionLayerOptions, DenseLayerOptions } from '@crossmodal/encoders';

/** Layers of the modalities that are images. */
export interface ImageNetworkOptions {
  /** From the image on. @defaultValue 5 x 5 by 10, stride 2; 3 x 3 by 20, stride 1; 3 x 3 by 30, stride 2; relu each */
  readonly layers?: readonly ConvolutionLayerOptions[];
  /** Last activation of each decoder. @defaultValue 'linear' */
  readonly outputActivation?: ActivationName;
}

/** Layers of the modalities that are vectors, and of whatever follows a merge of vectors. */
export interface VectorNetworkOptions {
  /** From the features on. @defaultValue 200, 100; relu each */
  readonly layers?: readonly DenseLayerOptions[];
  /** Last activation of each decoder. @defaultValue 'linear' */
  readonly outputActivation?: ActivationName;
}

/** Both kinds, defaults resolved. */
export interface NetworkLayers {
  /** Layers of images. */
  readonly images: Required<ImageNetworkOptions>;
  /** Layers of vectors. */
  readonly vectors: Required<VectorNetworkOptions>;
}

/** Resolves defaults: for images those of DMSC's public code, for vectors two layers. */
export function resolveNetworks(
  images: ImageNetworkOptions = {},
  vectors: VectorNetworkOptions = {},
): NetworkLayers {
  return {
    images: {
      layers: [
        { filters: 10, kernelSize: 5, strides: 2 },
        { filters: 20, kernelSize: 3, strides: 1 },
        { filters: 30, kernelSize: 3, strides: 2 },
      ],
      outputActivation: 'linear',
      ...images,
    },
    vectors: { layers: [{ units: 200 }, { units: 100 }], outputActivation: 'linear', ...vectors },
  };
}
