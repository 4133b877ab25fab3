import type { RandomSource } from '@crossmodal/core';
import type { Initialiser } from '../initialisers/initialiser.js';
import type { InitialiserName } from '../initialisers/named-initialiser.js';
import type { ActivationName } from '../layers/activation.js';
import { block, needsBias, type BlockOptions } from '../layers/block.js';
import { conv2dTranspose } from '../layers/convolution/conv2d-transpose.js';
import { disposeOnError } from '../layers/dispose-on-error.js';
import type { Decoder, Layer } from '../layers/layer.js';
import { reshape } from '../layers/reshape.js';
import { sequential } from '../layers/sequential.js';
import { checkSize, sizeOf } from '../layers/shapes.js';
import { convolutionShapes } from './convolution-shapes.js';
import type { ConvolutionLayerOptions } from './convolution-layer-options.js';

/** What {@link convolutionalDecoder} takes. */
export interface ConvolutionalDecoderOptions {
  /** The image that is to be decoded, `[height, width, channels]`: the encoder's `inputShape`. */
  readonly inputShape: readonly number[];
  /** The encoder's layers, in the encoder's order. */
  readonly layers: readonly ConvolutionLayerOptions[];
  /** Channels of the latent feature map. @defaultValue the filters of the last layer */
  readonly latentChannels?: number;
  /** Whether the latent comes as a vector `[n, h w c]`. @defaultValue true */
  readonly flatten?: boolean;
  /** @defaultValue 'linear' */
  readonly outputActivation?: ActivationName;
  /** Start of the kernels. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Decides the start values; a draw advances it. */
  readonly random: RandomSource;
}

/**
 * The exact mirror of a {@link convolutionalEncoder}: transposed convolutions through the encoder's own sizes in reverse, odd ones
 * included (28, 14, 7, 4 goes back through 7, 14, 28).
 *
 * A layer that pools is mirrored by one transposed convolution with the pool's stride and the kernel that all pixels of a window see
 * together; contrast normalisation has no mirror. A mirrored layer has the activation and batch normalisation of the encoder's layer that made a map of that size; the output
 * has neither but `outputActivation`.
 *
 * @throws CrossmodalError `option` when a size is not a positive integer; `shape` when a `valid` kernel does not fit.
 */
export function convolutionalDecoder(options: ConvolutionalDecoderOptions): Decoder {
  const { layers, flatten = true, outputActivation = 'linear', initialiser = 'heNormal', random } = options;
  const shapes = convolutionShapes(options.inputShape, layers);
  const [height, width, channels] = shapes.at(-1)!;
  const { latentChannels = channels } = options;
  checkSize('convolutionalDecoder', 'latentChannels', latentChannels);
  let shape: readonly number[] = [height, width, latentChannels];
  const latentShape = flatten ? [sizeOf(shape)] : shape;
  return disposeOnError((chain: Layer[]) => {
    if (flatten) chain.push(reshape(latentShape, shape));
    for (let index = layers.length - 1; index >= 0; index--) {
      const { kernelSize, strides = 1, padding = 'same', pool = 1 } = layers[index]!;
      const [outHeight, outWidth, filters] = shapes[index]!;
      const follow: BlockOptions = index === 0 ? { activation: outputActivation } : layers[index - 1]!;
      const convolution = conv2dTranspose({
        inputShape: shape,
        outputSize: [outHeight, outWidth],
        filters,
        // A pooled pixel sees the pixels of all kernels under its window.
        kernelSize: kernelSize + strides * (pool - 1),
        strides: strides * pool,
        padding,
        bias: needsBias(follow),
        initialiser,
        random,
      });
      chain.push(...block(convolution, follow));
      shape = convolution.outputShape;
    }
    return sequential(latentShape, chain);
  });
}
