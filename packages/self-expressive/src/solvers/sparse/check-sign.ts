import { CrossmodalError } from '@crossmodal/core';

/** Which products or coefficients count: all by their size, those above 0, or those below. */
export type Sign = 'both' | 'positive' | 'negative';

/** Refuses what is no sign. @throws CrossmodalError `option`. */
export function checkSign(where: string, sign: string): void {
  if (sign === 'both' || sign === 'positive' || sign === 'negative') return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option 'sign'`,
    expected: "'both', 'positive' or 'negative'",
    received: `'${sign}'`,
  });
}
