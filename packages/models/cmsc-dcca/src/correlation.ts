import { pairwiseDeepCca, type Term } from '@crossmodal/losses';
import type { SubspaceState } from '@crossmodal/subspace';

/**
 * The correlation of the latents as a term of an objective: minus the sum of the canonical correlations of every pair of modalities.
 *
 * @param weight - its weight
 * @param ridge - r1 and r2
 */
export function correlationTerm(weight: number, ridge: number): Term<SubspaceState> {
  return {
    name: 'correlation',
    weight,
    value: ({ latents, masks }) => pairwiseDeepCca(latents, { ridge, masks }),
  };
}

/** The largest value that the correlation of every pair together can have. */
export function mostCorrelation(sizes: readonly number[]): number {
  let sum = 0;
  sizes.forEach((size, w) => {
    for (let v = 0; v < w; v++) sum += Math.min(size, sizes[v]!);
  });
  return sum;
}
