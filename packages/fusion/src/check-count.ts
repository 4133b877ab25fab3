import { CrossmodalError } from '@crossmodal/core';

/** Refuses another number of tensors or modules than expected. */
export function checkCount(where: string, what: string, expected: number, received: number): void {
  if (expected === received) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `${expected} ${what}`,
    received: String(received),
  });
}
