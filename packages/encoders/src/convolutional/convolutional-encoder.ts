import type { RandomSource } from '@crossmodal/core';
import type { Initialiser } from '../initialisers/initialiser.js';
import type { InitialiserName } from '../initialisers/named-initialiser.js';
import { block, needsBias } from '../layers/block.js';
import { averagePooling } from '../layers/convolution/average-pooling.js';
import { conv2d } from '../layers/convolution/conv2d.js';
import { disposeOnError } from '../layers/dispose-on-error.js';
import type { Encoder, Layer } from '../layers/layer.js';
import { contrastNormalisation } from '../layers/normalisation/contrast-normalisation.js';
import { flatten as flattenLayer } from '../layers/reshape.js';
import { sequential } from '../layers/sequential.js';
import { checkImageShape } from '../layers/shapes.js';
import type { ConvolutionLayerOptions } from './convolution-layer-options.js';
import { convolutionShapes } from './convolution-shapes.js';

/** What {@link convolutionalEncoder} takes. */
export interface ConvolutionalEncoderOptions {
  /** One image, `[height, width, channels]`. */
  readonly inputShape: readonly number[];
  /** From the image on; none keeps the image. */
  readonly layers: readonly ConvolutionLayerOptions[];
  /** Whether the last feature map becomes a vector `[n, h w c]`. @defaultValue true */
  readonly flatten?: boolean;
  /** Start of the kernels. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Drawn from in layer order, so two networks made from one source differ. */
  readonly random: RandomSource;
}

/**
 * A convolutional encoder: each layer is `activation(kernel * x + b)`, with batch normalisation, pooling and contrast normalisation
 * where asked.
 *
 * @throws CrossmodalError `option` when a size is not a positive integer or a `valid` layer pools; `shape` when a `valid` kernel does not fit.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const encoder = convolutionalEncoder({
 *   inputShape: [28, 28, 1],
 *   layers: [{ filters: 10, kernelSize: 5, strides: 2 }, { filters: 20, kernelSize: 3, strides: 2 }],
 *   random: randomSource(0),
 * });
 * encoder.outputShape; // [980] = 7 x 7 x 20
 * encoder.dispose();
 * ```
 */
export function convolutionalEncoder(options: ConvolutionalEncoderOptions): Encoder {
  const { layers, flatten = true, initialiser = 'heNormal', random } = options;
  const inputShape = checkImageShape('convolutionalEncoder', options.inputShape);
  return disposeOnError((chain: Layer[]) => {
    convolutionShapes(inputShape, layers); // refuses sizes that do not fit before a variable is made
    let shape: readonly number[] = inputShape;
    for (const layer of layers) {
      const { filters, kernelSize, strides = 1, padding = 'same', pool = 1, contrast = false } = layer;
      const bias = needsBias(layer);
      const convolution = conv2d({
        inputShape: shape,
        filters,
        kernelSize,
        strides,
        padding,
        bias,
        initialiser,
        random,
      });
      chain.push(...block(convolution, layer));
      if (pool !== 1) chain.push(averagePooling({ inputShape: convolution.outputShape, poolSize: pool }));
      shape = chain.at(-1)!.outputShape;
      if (contrast) chain.push(contrastNormalisation({ inputShape: shape }));
    }
    if (flatten) chain.push(flattenLayer(shape));
    return sequential(inputShape, chain);
  });
}
