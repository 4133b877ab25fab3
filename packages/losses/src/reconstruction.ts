import type { tf } from '@crossmodal/tensors';
import type { Reduction } from './reduction.js';
import { squaredError } from './squared-error.js';

/** What {@link reconstruction} takes. */
export interface ReconstructionOptions {
  /** @defaultValue 'sum' */
  readonly reduction?: Reduction;
}

/**
 * Reconstruction error `||X - Xhat||_F^2` between data and what a decoder makes of it, `[n, ...]` each, in `[0, inf)`.
 *
 * @throws CrossmodalError `shape` when the two shapes differ; `option` when the reduction is unknown.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018, the reconstruction term of the objective
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const x = tf.tensor2d([[1, 2]]);
 * const xhat = tf.tensor2d([[0, 0]]);
 * const error = reconstruction(x, xhat); // 5
 * tf.dispose([x, xhat, error]);
 * ```
 */
export function reconstruction(
  x: tf.Tensor,
  xhat: tf.Tensor,
  { reduction = 'sum' }: ReconstructionOptions = {},
): tf.Scalar {
  return squaredError('reconstruction', x, xhat, reduction);
}
