import type { BlockOptions } from '../layers/block.js';
import type { Padding } from '../layers/convolution/convolution-size.js';

/** One convolution of a network. */
export interface ConvolutionLayerOptions extends BlockOptions {
  /** Channels out. */
  readonly filters: number;
  /** Height and width of the square kernel. */
  readonly kernelSize: number;
  /** Step of the kernel; 2 halves height and width, rounding up. @defaultValue 1 */
  readonly strides?: number;
  /** @defaultValue 'same' */
  readonly padding?: Padding;
  /** Side of the windows that are averaged after the activation; above 1 only with `same` padding. @defaultValue 1 */
  readonly pool?: number;
  /** Whether `contrastNormalisation` ends the layer. @defaultValue false */
  readonly contrast?: boolean;
}
