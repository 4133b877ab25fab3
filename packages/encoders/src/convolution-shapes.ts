import type { ConvolutionLayerOptions } from './convolutional-encoder.js';
import { convolutionSize } from './layers/convolution-size.js';
import { checkImageShape } from './layers/shapes.js';

/**
 * Shapes of the feature maps of a convolutional encoder, `[height, width, channels]` each, the image first.
 *
 * @throws CrossmodalError `shape` when a `valid` kernel does not fit.
 */
export function convolutionShapes(
  inputShape: readonly number[],
  layers: readonly ConvolutionLayerOptions[],
): readonly (readonly [height: number, width: number, channels: number])[] {
  let shape = checkImageShape('convolutionShapes', inputShape);
  const shapes = [shape];
  for (const { filters, kernelSize, strides = 1, padding = 'same' } of layers) {
    shape = [
      convolutionSize('convolutionShapes', shape[0], kernelSize, strides, padding),
      convolutionSize('convolutionShapes', shape[1], kernelSize, strides, padding),
      filters,
    ];
    shapes.push(shape);
  }
  return shapes;
}
