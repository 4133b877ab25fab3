import { tf } from '@crossmodal/tensors';
import type { Layer } from '../layer.js';
import { checkBatch, checkImageShape } from '../shapes.js';

/** Half the mean energy of an image is the level below which a cell counts as flat; the same constant as in HOG's block norm. */
const FLAT_LEVEL = 0.5;

/** Inside the root: keeps its gradient finite at a cell of zeros. Far below any energy that float32 features of order 1 carry. */
const ROOT_EPSILON = 1e-8;

/** What {@link contrastNormalisation} takes. */
export interface ContrastNormalisationOptions {
  /** One feature map, `[height, width, channels]`. */
  readonly inputShape: readonly number[];
}

/**
 * Divisive contrast normalisation of a feature map, `[n, h, w, c]` to the same: each cell is divided by its own energy plus half the
 * image's, `H_xy / (|H_xy| + 0.5 sqrt(mean_xy |H_xy|^2))` with `|.|` the Euclidean norm over channels.
 *
 * Strong and faint strokes count alike, flat regions stay near zero, and each image is treated on its own.
 *
 * @throws CrossmodalError `option` when the shape is not that of a feature map; `shape` when the input has another shape.
 */
export function contrastNormalisation(options: ContrastNormalisationOptions): Layer {
  const shape = checkImageShape('contrastNormalisation', options.inputShape);
  return {
    inputShape: shape,
    outputShape: shape,
    trainable: [],
    variables: [],
    apply(x) {
      checkBatch('contrastNormalisation', x, shape);
      return tf.tidy(() => {
        const energy = tf.add(tf.sum(tf.square(x), 3, true), ROOT_EPSILON);
        const level = tf.mul(tf.sqrt(tf.mean(energy, [1, 2], true)), FLAT_LEVEL);
        return tf.div(x, tf.add(tf.sqrt(energy), level));
      });
    },
    dispose() {},
  };
}
