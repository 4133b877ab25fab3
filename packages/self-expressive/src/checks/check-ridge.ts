import { CrossmodalError } from '@crossmodal/core';

/** @throws CrossmodalError `option` when the ridge is not a positive number. */
export function checkRidge(where: string, ridge: number): void {
  if (!(ridge > 0) || !Number.isFinite(ridge)) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'ridge'`,
      expected: 'a positive number',
      received: String(ridge),
    });
  }
}
