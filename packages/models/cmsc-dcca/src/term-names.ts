import type { ResolvedOptions } from '@crossmodal/method';
import type { partOptions } from './options.js';

/**
 * Names of the terms of an objective from which parts may be left out.
 *
 * @param ofCoefficients - further terms that belong to self-expression
 */
export function termNames(
  { correlation, selfExpression, decoder }: ResolvedOptions<typeof partOptions>,
  ofCoefficients: readonly string[] = [],
): readonly string[] {
  return [
    ...(decoder ? ['reconstruction'] : []),
    ...(selfExpression ? [...ofCoefficients, 'self-expression'] : []),
    ...(correlation ? ['correlation'] : []),
  ];
}
