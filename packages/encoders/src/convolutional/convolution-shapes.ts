import { CrossmodalError } from '@crossmodal/core';
import { convolutionSize } from '../layers/convolution/convolution-size.js';
import { checkImageShape, checkSize } from '../layers/shapes.js';
import type { ConvolutionLayerOptions } from './convolution-layer-options.js';

/**
 * Shapes of the feature maps of a convolutional encoder, `[height, width, channels]` each, the image first.
 *
 * @throws CrossmodalError `option` when a `valid` layer pools; `shape` when a `valid` kernel does not fit.
 */
export function convolutionShapes(
  inputShape: readonly number[],
  layers: readonly ConvolutionLayerOptions[],
): readonly (readonly [height: number, width: number, channels: number])[] {
  let shape = checkImageShape('convolutionShapes', inputShape);
  const shapes = [shape];
  for (const { filters, kernelSize, strides = 1, padding = 'same', pool = 1 } of layers) {
    checkSize('convolutionShapes', 'pool', pool);
    if (pool > 1 && padding !== 'same') {
      throw new CrossmodalError({
        code: 'option',
        where: "convolutionShapes option 'padding'",
        expected: "'same' where a layer pools",
        received: `'${padding}' with pool ${pool}`,
      });
    }
    const side = (size: number) =>
      Math.ceil(convolutionSize('convolutionShapes', size, kernelSize, strides, padding) / pool);
    shape = [side(shape[0]), side(shape[1]), filters];
    shapes.push(shape);
  }
  return shapes;
}
