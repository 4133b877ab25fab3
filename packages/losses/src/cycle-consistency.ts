import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { checkSameShape } from './check-same-shape.js';
import { reduce, type Reduction } from './reduction.js';
import { squaredError } from './squared-error.js';

/** What {@link cycleConsistency} takes. */
export interface CycleConsistencyOptions {
  /** `l1`: absolute differences, as in the paper; `l2`: squared ones. @defaultValue 'l1' */
  readonly norm?: 'l1' | 'l2';
  /** @defaultValue 'sampleMean', the paper's expectation; its public code has 'mean' */
  readonly reduction?: Reduction;
}

/**
 * How far samples are from themselves after the way to another modality and back, `E[||z - G_BA(G_AB(z))||_1]`, or the squared
 * Euclidean norm; in `[0, inf)`, and 0 where the two maps undo each other.
 *
 * @param z - latents, `[n, q]`
 * @param returned - `G_BA(G_AB(z))`, `[n, q]`
 * @throws CrossmodalError `shape` when the two shapes differ; `option` when the norm or the reduction is unknown.
 * @see Jiang et al., DM2C: Deep Mixed-Modal Clustering, NeurIPS 2019, Eq. 2; Zhu et al., CycleGAN, 2017
 */
export function cycleConsistency(
  z: tf.Tensor,
  returned: tf.Tensor,
  { norm = 'l1', reduction = 'sampleMean' }: CycleConsistencyOptions = {},
): tf.Scalar {
  if (norm === 'l2') return squaredError('cycleConsistency', z, returned, reduction);
  if (norm === 'l1') return absoluteError('cycleConsistency', z, returned, reduction);
  throw new CrossmodalError({
    code: 'option',
    where: "cycleConsistency option 'norm'",
    expected: 'l1 or l2',
    received: String(norm),
  });
}

function absoluteError(where: string, a: tf.Tensor, b: tf.Tensor, reduction: Reduction): tf.Scalar {
  checkSameShape(where, a, b);
  return tf.tidy(() => {
    const difference = tf.sub(a, b);
    // Not tf.abs: its gradient at 0 is -1, and maps that undo each other should stay as they are.
    return reduce(tf.add(tf.relu(difference), tf.relu(tf.neg(difference))), reduction);
  });
}
