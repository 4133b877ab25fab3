import { tf } from '@crossmodal/tensors';
import type { Layer } from '../layer.js';
import { checkBatch, checkImageShape, checkSize } from '../shapes.js';
import { convolutionSize, type Padding } from './convolution-size.js';

/** What {@link averagePooling} takes. */
export interface AveragePoolingOptions {
  /** One image or feature map, `[height, width, channels]`. */
  readonly inputShape: readonly number[];
  /** Height and width of the window. @defaultValue 2 */
  readonly poolSize?: number;
  /** Step of the window. @defaultValue poolSize */
  readonly strides?: number;
  /** With `same`, a window over the border averages the pixels that exist. @defaultValue 'same' */
  readonly padding?: Padding;
}

/**
 * Replaces each window by its mean, `[n, h, w, c]` to `[n, ceil(h / strides), ceil(w / strides), c]` (`same`).
 *
 * @throws CrossmodalError `option` when a size is not a positive integer; `shape` when a `valid` window does not fit.
 */
export function averagePooling(options: AveragePoolingOptions): Layer {
  const { poolSize = 2, strides = poolSize, padding = 'same' } = options;
  const [height, width, channels] = checkImageShape('averagePooling', options.inputShape);
  checkSize('averagePooling', 'poolSize', poolSize);
  checkSize('averagePooling', 'strides', strides);
  const tall = windows(height, poolSize, strides, padding);
  const wide = windows(width, poolSize, strides, padding);
  const whole = [...tall.counts, ...wide.counts].every((count) => count === poolSize);
  const shares = tall.counts.flatMap((rows) =>
    wide.counts.map((columns) => (poolSize * poolSize) / (rows * columns)),
  );
  return {
    inputShape: [height, width, channels],
    outputShape: [tall.counts.length, wide.counts.length, channels],
    trainable: [],
    variables: [],
    apply(x) {
      checkBatch('averagePooling', x, [height, width, channels]);
      return tf.tidy(() => {
        // Not avgPool's own padding: its gradient divides border windows by the whole window, its value by the pixels that exist.
        const padded = whole ? x : tf.pad(x, [[0, 0], tall.border, wide.border, [0, 0]]);
        const means = tf.avgPool(padded as tf.Tensor4D, poolSize, strides, 'valid');
        return whole
          ? means
          : tf.mul(means, tf.tensor(shares, [1, tall.counts.length, wide.counts.length, 1]));
      });
    },
    dispose() {},
  };
}

/** Zeros before and after an axis, and how many real pixels each window then holds. */
function windows(size: number, pool: number, strides: number, padding: Padding) {
  const length = convolutionSize('averagePooling', size, pool, strides, padding);
  const missing = Math.max(0, (length - 1) * strides + pool - size);
  const before = Math.floor(missing / 2);
  const border: [number, number] = [before, missing - before];
  const counts = Array.from({ length }, (_, i) => {
    const start = i * strides - before;
    return Math.min(size, start + pool) - Math.max(0, start);
  });
  return { border, counts };
}
