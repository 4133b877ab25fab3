import { CrossmodalError } from '@crossmodal/core';
import type { tf } from '@crossmodal/tensors';

/** Refuses a mask that is not `[n, 1]`. */
export function checkMask(where: string, n: number, mask: tf.Tensor | undefined): void {
  if (mask === undefined || (mask.rank === 2 && mask.shape[0] === n && mask.shape[1] === 1)) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `a mask [${n}, 1], one flag per sample`,
    received: `[${mask.shape.join(', ')}]`,
  });
}
