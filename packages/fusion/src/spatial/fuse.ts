import { sizeOf } from '@crossmodal/encoders';
import { tf } from '@crossmodal/tensors';
import { fusedShape, type FusionFunction } from './fusion-function.js';

/**
 * Merges feature maps `[n, h, w, c]` or vectors `[n, d]` of the same n: elementwise `sum` or `max`, or `concat` of channels
 * (maps of one height and width) or of features (everything else, maps laid out as vectors).
 *
 * @throws CrossmodalError `shape` when `sum` or `max` meets different shapes; `option` when there is nothing to fuse.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018, the fusion functions
 */
export function fuse(tensors: readonly tf.Tensor[], name: FusionFunction): tf.Tensor {
  const shapes = tensors.map((tensor) => tensor.shape.slice(1));
  const shape = fusedShape(shapes, name);
  return tf.tidy(() => {
    switch (name) {
      case 'sum':
        return tf.clone(tensors.reduce((sum, next) => tf.add(sum, next)));
      case 'max':
        return tf.clone(tensors.reduce((largest, next) => tf.maximum(largest, next)));
      case 'concat': {
        const flat = shape.length === 1;
        const parts = flat
          ? tensors.map((x, i) => tf.reshape(x, [x.shape[0]!, sizeOf(shapes[i]!)]))
          : [...tensors];
        return tf.concat(parts, -1);
      }
    }
  });
}
