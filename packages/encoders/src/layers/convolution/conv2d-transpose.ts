import { CrossmodalError, type RandomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { heNormal } from '../../initialisers/he-normal.js';
import type { Initialiser } from '../../initialisers/initialiser.js';
import { namedInitialiser, type InitialiserName } from '../../initialisers/named-initialiser.js';
import { createVariable, disposeVariables } from '../create-variable.js';
import type { Layer } from '../layer.js';
import { checkBatch, checkImageShape, checkSize } from '../shapes.js';
import { convolutionSize, type Padding } from './convolution-size.js';

/** What {@link conv2dTranspose} takes. */
export interface Conv2dTransposeOptions {
  /** One feature map in, `[height, width, channels]`. */
  readonly inputShape: readonly number[];
  /** Height and width out: sizes that the mirrored convolution would bring back to `inputShape`. */
  readonly outputSize: readonly [height: number, width: number];
  /** Channels out. */
  readonly filters: number;
  /** Height and width of the square kernel. */
  readonly kernelSize: number;
  /** Step of the kernel along both axes. @defaultValue 1 */
  readonly strides?: number;
  /** @defaultValue 'same' */
  readonly padding?: Padding;
  /** Whether a bias is added to each channel. @defaultValue true */
  readonly bias?: boolean;
  /** Start of the kernel; biases start at 0. @defaultValue heNormal */
  readonly initialiser?: Initialiser | InitialiserName;
  /** Decides the start values; a draw advances it. */
  readonly random: RandomSource;
}

/**
 * A transposed convolution without activation: the linear map whose transpose is {@link conv2d} from `outputSize` to `inputShape`.
 *
 * With stride 2 both 13 and 14 pixels become 7, so the size out is stated, and 7 goes back to either without crop or padding.
 *
 * @throws CrossmodalError `option` when a size is not a positive integer; `shape` when no convolution joins the two sizes.
 */
export function conv2dTranspose(options: Conv2dTransposeOptions): Layer {
  const {
    filters,
    kernelSize,
    strides = 1,
    padding = 'same',
    bias = true,
    initialiser = heNormal,
    random,
  } = options;
  const [height, width, channels] = checkImageShape('conv2dTranspose', options.inputShape);
  const [outHeight, outWidth] = options.outputSize;
  for (const [name, value] of Object.entries({ filters, kernelSize, strides, outHeight, outWidth })) {
    checkSize('conv2dTranspose', name, value);
  }
  const back = [outHeight, outWidth].map((size) =>
    convolutionSize('conv2dTranspose', size, kernelSize, strides, padding),
  );
  if (back[0] !== height || back[1] !== width) {
    throw new CrossmodalError({
      code: 'shape',
      where: "conv2dTranspose option 'outputSize'",
      expected: `a size that a convolution with stride ${strides} brings to ${height} x ${width}`,
      received: `${outHeight} x ${outWidth}, which it brings to ${back.join(' x ')}`,
    });
  }
  const shape = [kernelSize, kernelSize, filters, channels];
  const area = kernelSize * kernelSize;
  const start = namedInitialiser(initialiser)(
    shape,
    { fanIn: area * channels, fanOut: area * filters },
    random,
  );
  const kernel = createVariable(start, shape);
  const offsets = bias ? createVariable(new Float32Array(filters), [filters]) : undefined;
  const trainable = offsets ? [kernel, offsets] : [kernel];
  return {
    inputShape: [height, width, channels],
    outputShape: [outHeight, outWidth, filters],
    trainable,
    variables: trainable,
    apply(x) {
      checkBatch('conv2dTranspose', x, [height, width, channels]);
      const size: [number, number, number, number] = [x.shape[0]!, outHeight, outWidth, filters];
      return tf.tidy(() => {
        const maps = tf.conv2dTranspose(
          x as tf.Tensor4D,
          kernel as unknown as tf.Tensor4D,
          size,
          strides,
          padding,
        );
        return offsets ? tf.add(maps, offsets) : maps;
      });
    },
    dispose: () => disposeVariables(trainable),
  };
}
