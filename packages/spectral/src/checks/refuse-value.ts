import { CrossmodalError } from '@crossmodal/core';

/** @throws CrossmodalError `value`, always. */
export function refuseValue(where: string, expected: string, received: string): never {
  throw new CrossmodalError({ code: 'value', where, expected, received });
}
