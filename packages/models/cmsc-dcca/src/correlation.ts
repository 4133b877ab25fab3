import { pairwiseDeepCca, type Term } from '@crossmodal/losses';
import type { ResolvedOptions } from '@crossmodal/method';
import type { SubspaceState } from '@crossmodal/subspace';
import type { partOptions } from './options.js';

type Options = Omit<ResolvedOptions<typeof partOptions>, 'selfExpression' | 'decoder'>;

/**
 * The correlation of the latents as a term of an objective, where options leave it in: minus the sum of the canonical correlations of every pair of
 * modalities.
 *
 * @param scale - divides its weight
 */
export function correlationTerms(
  { correlation, correlationWeight, correlationRidge: ridge }: Options,
  scale = 1,
): Term<SubspaceState>[] {
  const value: Term<SubspaceState>['value'] = ({ latents, masks }) =>
    pairwiseDeepCca(latents, { ridge, masks });
  return correlation ? [{ name: 'correlation', weight: correlationWeight / scale, value }] : [];
}

/** The largest value that the correlation of every pair together can have. */
export function mostCorrelation(sizes: readonly number[]): number {
  let sum = 0;
  sizes.forEach((size, w) => {
    for (let v = 0; v < w; v++) sum += Math.min(size, sizes[v]!);
  });
  return sum;
}
