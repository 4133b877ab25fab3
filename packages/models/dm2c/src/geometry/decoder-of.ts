import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { choleskyInverse, readValues, tf, toTensor } from '@crossmodal/tensors';
import type { LinearMap } from './linear-map.js';

/** Ridge a sample; latents have variance 1, so it shrinks reconstructions by a thousandth. */
const RIDGE = 1e-3;

/** The linear map that brings latents `[n, q]` back to features `[n, d]` with the least squared error, `(Z^T Z + ridge n I)^-1 Z^T X`. */
export function decoderOf(latents: DenseMatrix, features: DenseMatrix<Float32Array>): LinearMap {
  const { rows: n, columns: q } = latents;
  const values = readValues(() => {
    const z = toTensor(latents);
    const gram = tf.add(tf.matMul(z, z, true), tf.mul(tf.eye(q), RIDGE * n)) as tf.Tensor2D;
    return tf.matMul(choleskyInverse(gram), tf.matMul(z, toTensor(features), true));
  });
  return {
    weights: denseMatrix(Float64Array.from(values), q, features.columns),
    offsets: new Float64Array(features.columns),
  };
}
