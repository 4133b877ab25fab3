import { CrossmodalError } from '@crossmodal/core';
import type { tf } from './tf.js';

/** Side of a square rank-2 tensor. @throws CrossmodalError `shape` when it is not square. */
export function checkSquare(where: string, tensor: tf.Tensor): number {
  const [rows, columns] = tensor.shape;
  if (tensor.rank !== 2 || rows !== columns || rows === 0) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'a square matrix [n, n] with n >= 1',
      received: `shape [${tensor.shape.join(', ')}]`,
    });
  }
  return rows!;
}
