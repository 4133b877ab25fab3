import type { FurtherTerms } from '@crossmodal/assembly';
import { pairwiseDeepCca } from '@crossmodal/losses';

/**
 * The correlation of the latents as a term of an objective: minus the sum of the canonical correlations of every pair of modalities.
 *
 * @param weight - its weight
 * @param ridge - r1 and r2
 */
export function correlationTerm(weight: number, ridge: number): FurtherTerms {
  return ({ latents, masks }) => [
    { name: 'correlation', weight, value: () => pairwiseDeepCca(latents, { ridge, masks }) },
  ];
}
