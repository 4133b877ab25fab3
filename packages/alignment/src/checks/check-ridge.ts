import { CrossmodalError } from '@crossmodal/core';

/** Refuses a ridge that is not above 0. */
export function checkRidge(where: string, ridge: number): void {
  if (ridge > 0 && ridge < Infinity) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option 'ridge'`,
    expected: 'a number above 0',
    received: String(ridge),
  });
}
