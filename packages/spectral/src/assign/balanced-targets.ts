import type { DenseMatrix } from '@crossmodal/core';
import { membershipShares, restoreAbsent } from './membership-shares.js';
import { sinkhornKnopp, type SinkhornKnoppOptions } from './sinkhorn-knopp.js';

/**
 * Soft targets for a clustering head: its memberships to a power, scaled by Sinkhorn and Knopp so that each of the k clusters has the same mass
 * and every row sums to 1. Rows of zeros, of objects that are in no modality, stay zeros and take no part.
 *
 * @param memberships - shape `[n, k]`, not negative
 * @param options - those of {@link sinkhornKnopp}; its `tolerance` is 0.01 here
 * @returns shape `[n, k]`
 * @throws CrossmodalError `value` on memberships that are negative or not finite; `option` on an option out of range; `aborted` on the signal.
 * @see Asano, Rupprecht and Vedaldi, Self-labelling via simultaneous clustering and representation learning, ICLR 2020; Mao et al., Deep Mutual
 * Information Maximin for Cross-Modal Clustering, AAAI 2021, Eq. 13
 * @example
 * ```ts
 * const memberships = fromRows([[0.9, 0.1], [0.8, 0.2], [0.6, 0.4], [0.7, 0.3], [0, 0]]);
 * const targets = balancedTargets(memberships, { power: 30 });
 * // two rows of each kind, about [1, 0], [1, 0], [0, 1], [0, 1], and zeros
 * ```
 */
export function balancedTargets(
  memberships: DenseMatrix,
  { tolerance = 1e-2, ...options }: SinkhornKnoppOptions = {},
): DenseMatrix<Float32Array> {
  const { present, shares } = membershipShares(memberships, 'balancedTargets');
  return restoreAbsent(memberships, present, sinkhornKnopp(shares, { tolerance, ...options }));
}
