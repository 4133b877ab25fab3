import { CrossmodalError } from '@crossmodal/core';
import type { tf } from '@crossmodal/tensors';

/** Refuses tensors of different shapes, because broadcasting hides mistakes; `rank` asks for that many axes besides. */
export function checkSameShape(where: string, a: tf.Tensor, b: tf.Tensor, rank = a.rank): void {
  const same = a.rank === b.rank && a.shape.every((size, axis) => size === b.shape[axis]);
  if (same && a.rank === rank) return;
  throw new CrossmodalError({
    code: 'shape',
    where,
    expected: a.rank === rank ? `two tensors of shape [${a.shape.join(', ')}]` : `tensors of rank ${rank}`,
    received: `[${a.shape.join(', ')}] and [${b.shape.join(', ')}]`,
  });
}
