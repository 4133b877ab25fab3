import { CrossmodalError } from '@crossmodal/core';
import type { tf } from '@crossmodal/tensors';

/** How many terms a sum over pairs of clusters is divided by: `clusters` k, as the paper prints it, or `pairs` k (k - 1) / 2, its mean. */
export type PairNormaliser = 'clusters' | 'pairs';

/**
 * Checks assignments `[n, k]` against a kernel `[n, n]`.
 *
 * @returns k
 */
export function checkDivergence(where: string, assignments: tf.Tensor, kernel: tf.Tensor): number {
  const [n = 0, k = 0] = assignments.shape;
  if (assignments.rank !== 2) refuse(where, 'assignments [n, k]', assignments);
  if (kernel.rank !== 2 || kernel.shape[0] !== n || kernel.shape[1] !== n) {
    refuse(where, `a kernel [${n}, ${n}] for ${n} assignments`, kernel);
  }
  return k;
}

/** The factor of a sum over pairs `i < j` of k clusters. */
export function pairFactor(where: string, normaliser: PairNormaliser, k: number): number {
  switch (normaliser) {
    case 'clusters':
      return 1 / k;
    case 'pairs':
      // One cluster has no pairs: its sum is 0 whatever the factor.
      return k > 1 ? 2 / (k * (k - 1)) : 1;
    default:
      throw new CrossmodalError({
        code: 'option',
        where: `${where} option 'normaliser'`,
        expected: 'clusters or pairs',
        received: String(normaliser),
      });
  }
}

function refuse(where: string, expected: string, { shape }: tf.Tensor): never {
  throw new CrossmodalError({ code: 'shape', where, expected, received: `[${shape.join(', ')}]` });
}
