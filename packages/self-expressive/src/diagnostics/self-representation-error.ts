import { CrossmodalError, type DenseMatrix } from '@crossmodal/core';
import { readValues, tf, toTensor } from '@crossmodal/tensors';

/**
 * Relative self-representation error, `||Z - S Z||_F / ||Z||_F`: 0 when the others represent every sample, about 1 when `S` is 0.
 *
 * @param s - coefficients, shape `[n, n]`
 * @param z - representation, shape `[n, d]`
 * @returns 0 or more; 0 for an all-zero `z`
 * @throws CrossmodalError `shape` when they do not fit together.
 */
export function selfRepresentationError(s: DenseMatrix, z: DenseMatrix): number {
  if (s.rows !== s.columns || s.columns !== z.rows) {
    throw new CrossmodalError({
      code: 'shape',
      where: 'selfRepresentationError',
      expected: `coefficients of shape [${z.rows}, ${z.rows}]`,
      received: `[${s.rows}, ${s.columns}]`,
    });
  }
  const represented = readValues(() => tf.matMul(toTensor(s), toTensor(z)));
  let error = 0;
  let norm = 0;
  for (let p = 0; p < represented.length; p++) {
    error += (z.values[p]! - represented[p]!) ** 2;
    norm += z.values[p]! ** 2;
  }
  return norm === 0 ? 0 : Math.sqrt(error / norm);
}
