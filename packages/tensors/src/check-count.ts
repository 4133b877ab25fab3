import { CrossmodalError } from '@crossmodal/core';

/**
 * Refuses another number of tensors or modules than expected.
 *
 * @throws CrossmodalError `shape` when the numbers differ.
 * @example
 * ```ts
 * const latents = [tf.zeros([4, 2]), tf.zeros([4, 2])];
 * checkCount('myFusion', 'latents', 2, latents.length);
 * tf.dispose(latents);
 * ```
 */
export function checkCount(where: string, what: string, expected: number, received: number): void {
  if (expected === received) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `${expected} ${what}`,
    received: String(received),
  });
}
