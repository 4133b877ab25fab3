import { CrossmodalError } from '@crossmodal/core';
import type { tf } from '@crossmodal/tensors';

/** Number of samples of a Gram matrix. @throws CrossmodalError `shape` when it is not square. */
export function checkGram(where: string, gram: tf.Tensor2D): number {
  const [n, m] = gram.shape;
  if (gram.rank !== 2 || n !== m || n === 0) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: 'a Gram matrix [n, n] with n >= 1',
      received: `shape [${gram.shape.join(', ')}]`,
      advice: 'Multiply the features with their transpose first: gramMatrix(z).',
    });
  }
  return n;
}
