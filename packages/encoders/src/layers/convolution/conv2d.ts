import type { RandomSource } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { heNormal } from '../../initialisers/he-normal.js';
import type { Initialiser } from '../../initialisers/initialiser.js';
import { namedInitialiser, type InitialiserName } from '../../initialisers/named-initialiser.js';
import { createVariable, disposeVariables } from '../create-variable.js';
import type { Layer } from '../layer.js';
import { checkBatch, checkImageShape, checkSize } from '../shapes.js';
import { convolutionSize, type Padding } from './convolution-size.js';

/** What {@link conv2d} takes. */
export interface Conv2dOptions {
  /** One image, `[height, width, channels]`. */
  readonly inputShape: readonly number[];
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
 * A convolution without activation, `[n, h, w, c]` to `[n, ceil(h / strides), ceil(w / strides), filters]` (`same`).
 *
 * @throws CrossmodalError `option` when a size is not a positive integer; `shape` when a `valid` kernel does not fit.
 */
export function conv2d(options: Conv2dOptions): Layer {
  const {
    filters,
    kernelSize,
    strides = 1,
    padding = 'same',
    bias = true,
    initialiser = heNormal,
    random,
  } = options;
  const [height, width, channels] = checkImageShape('conv2d', options.inputShape);
  checkSize('conv2d', 'filters', filters);
  checkSize('conv2d', 'kernelSize', kernelSize);
  checkSize('conv2d', 'strides', strides);
  const outputShape = [
    convolutionSize('conv2d', height, kernelSize, strides, padding),
    convolutionSize('conv2d', width, kernelSize, strides, padding),
    filters,
  ];
  const shape = [kernelSize, kernelSize, channels, filters];
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
    outputShape,
    trainable,
    variables: trainable,
    apply(x) {
      checkBatch('conv2d', x, [height, width, channels]);
      return tf.tidy(() => {
        const maps = tf.conv2d(x as tf.Tensor4D, kernel as unknown as tf.Tensor4D, strides, padding);
        return offsets ? tf.add(maps, offsets) : maps;
      });
    },
    dispose: () => disposeVariables(trainable),
  };
}
