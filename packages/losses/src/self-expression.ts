import type { tf } from '@crossmodal/tensors';
import type { Reduction } from './reduction.js';
import { squaredError } from './squared-error.js';

/** What {@link selfExpression} takes. */
export interface SelfExpressionOptions {
  /** @defaultValue 'sum' */
  readonly reduction?: Reduction;
}

/**
 * Self-expression error `||Z - S Z||_F^2` between latents `[n, d]` and what the other samples make of them, `[n, d]`, in `[0, inf)`.
 *
 * @param z - latents, rows are samples
 * @param zhat - `S Z`, the output of the self-expressive layer
 * @throws CrossmodalError `shape` when the two shapes differ; `option` when the reduction is unknown.
 * @see Abavisani and Patel, Deep Multimodal Subspace Clustering Networks, 2018, the self-expressive term of the objective
 */
export function selfExpression(
  z: tf.Tensor,
  zhat: tf.Tensor,
  { reduction = 'sum' }: SelfExpressionOptions = {},
): tf.Scalar {
  return squaredError('selfExpression', z, zhat, reduction);
}
