import { CrossmodalError } from '@crossmodal/core';

/** How the entropies of two partitions make one normaliser. */
export type EntropyMean = 'arithmetic' | 'geometric' | 'min' | 'max';

/**
 * The chosen mean of two entropies.
 *
 * @throws CrossmodalError `option` on an unknown mean.
 */
export function meanOfEntropies(mean: EntropyMean, a: number, b: number, where: string): number {
  switch (mean) {
    case 'arithmetic':
      return (a + b) / 2;
    case 'geometric':
      return Math.sqrt(a * b);
    case 'min':
      return Math.min(a, b);
    case 'max':
      return Math.max(a, b);
    default:
      throw new CrossmodalError({
        code: 'option',
        where: `${where} option 'mean'`,
        expected: "'arithmetic', 'geometric', 'min' or 'max'",
        received: String(mean),
      });
  }
}
