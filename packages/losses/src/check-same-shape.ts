import { CrossmodalError } from '@crossmodal/core';
import type { tf } from '@crossmodal/tensors';

/** Refuses two tensors of different shapes; broadcasting is refused too, because it hides mistakes. */
export function checkSameShape(where: string, a: tf.Tensor, b: tf.Tensor): void {
  if (a.rank === b.rank && a.shape.every((size, axis) => size === b.shape[axis])) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: `two tensors of shape [${a.shape.join(', ')}]`,
    received: `a second one of [${b.shape.join(', ')}]`,
  });
}
