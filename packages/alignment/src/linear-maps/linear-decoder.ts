import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { choleskyInverse, readValues, tf, toTensor } from '@crossmodal/tensors';
import { checkRidge } from '../checks/check-ridge.js';
import { checkRows } from '../checks/check-rows.js';
import type { LinearMap } from './linear-map.js';

/** Options of {@link linearDecoder}. */
export interface LinearDecoderOptions {
  /**
   * Ridge per sample, above 0: with latents of variance 1 it shrinks reconstructions by about this share.
   *
   * @defaultValue 1e-3
   */
  readonly ridge?: number;
}

/**
 * The linear map that brings latents back to features with the least squared error, by ridge regression: `(Z^T Z + ridge n I)^-1 Z^T X`.
 *
 * @param latents - `Z`, shape `[n, q]`
 * @param features - `X`, shape `[n, d]`, columns of mean 0: the offsets of the map are zeros
 * @returns weights of shape `[q, d]`
 * @throws CrossmodalError `shape` when the numbers of rows differ; `option` when the ridge is not above 0.
 * @example
 * ```ts
 * const latents = fromRows([[-1], [0], [1]]);
 * const features = fromRows([[-2, -4], [0, 0], [2, 4]]);
 * const { weights } = linearDecoder(latents, features, { ridge: 1e-6 });
 * console.log(weights.values); // about 2, 4
 * ```
 */
export function linearDecoder(
  latents: DenseMatrix,
  features: DenseMatrix,
  { ridge = 1e-3 }: LinearDecoderOptions = {},
): LinearMap {
  checkRows('linearDecoder', latents, features);
  checkRidge('linearDecoder', ridge);
  const { rows: n, columns: q } = latents;
  const values = readValues(() => {
    const z = toTensor(latents);
    const gram = tf.add(tf.matMul(z, z, true), tf.mul(tf.eye(q), ridge * n)) as tf.Tensor2D;
    return tf.matMul(choleskyInverse(gram), tf.matMul(z, toTensor(features), true));
  });
  return {
    weights: denseMatrix(Float64Array.from(values), q, features.columns),
    offsets: new Float64Array(features.columns),
  };
}
