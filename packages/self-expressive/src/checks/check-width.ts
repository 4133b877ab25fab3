import { CrossmodalError } from '@crossmodal/core';

/** Refuses a width of a Gaussian lift that is not above 0. @throws CrossmodalError `option`. */
export function checkWidth(where: string, width: number): void {
  if (width > 0) return;
  throw new CrossmodalError({
    code: 'option',
    where: `${where} option 'width'`,
    expected: 'a positive number',
    received: String(width),
  });
}
