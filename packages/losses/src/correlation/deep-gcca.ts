import { randomSource } from '@crossmodal/core';
import { tensorPolarFactor, seededNormal, tf } from '@crossmodal/tensors';
import { checkLatents, refuse } from './check-latents.js';
import { rowsOf, whiten } from './whitening.js';

/** What {@link deepGcca} takes. */
export interface DeepGccaOptions {
  /** Columns k of the common representation G, at most the sum of the d_v. @defaultValue the smallest d_v */
  readonly dimension?: number;
  /** Added to the diagonal of every covariance. @defaultValue 1e-3 */
  readonly ridge?: number;
  /** Rows of each modality that count, `[n, 1]` of 0 and 1. @defaultValue all */
  readonly masks?: readonly (tf.Tensor | undefined)[];
  /** Rounds of subspace iteration, each with the fourth power. @defaultValue 16 */
  readonly iterations?: number;
}

/**
 * Deep generalised CCA loss (MAXVAR): minus the sum of the k largest eigenvalues of `sum_v P_v`, `P_v = H_v (H_v^T H_v + (m - 1) r I)^(-1) H_v^T`, with H the centred
 * latents; in `[-V k, 0]` for V modalities.
 *
 * Up to the constant `V k` it is `min_{G, B} sum_v ||G - H_v B_v||^2 + (m - 1) r ||B_v||^2` over orthonormal G `[n, k]`. With two modalities,
 * `k = d` and a small ridge it is `deepCca - d`. The eigenvalues are those of the matrix of blocks `T_vw = W_v S_vw W_w^T`, whose subspace is found by
 * products; at coinciding eigenvalues the subspace, and so the gradient, is one of many, and finite.
 *
 * @param latents - two or more, `[n, d_v]`
 * @throws CrossmodalError `shape` when rows differ or a mask does not fit; `option` with fewer than two latents, a dimension out of range, or a ridge that is
 * not above 0.
 * @see Benton et al., Deep Generalized Canonical Correlation Analysis, 2019
 */
export function deepGcca(latents: readonly tf.Tensor2D[], options: DeepGccaOptions = {}): tf.Scalar {
  const where = 'deepGcca';
  const { ridge = 1e-3, masks = [], iterations = 16 } = options;
  if (latents.length < 2) refuse('option', where, 'two latents or more', String(latents.length));
  checkLatents(where, latents, masks, [ridge]);
  const sizes = latents.map(({ shape }) => shape[1]);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const { dimension: k = Math.min(...sizes) } = options;
  if (!Number.isInteger(k) || k < 1 || k > total) {
    refuse('option', `${where} option 'dimension'`, `an integer in 1..${total}`, String(k));
  }
  const evaluate = (...inputs: unknown[]) => {
    const given = inputs.slice(0, -1) as tf.Tensor2D[];
    const save = inputs.at(-1) as tf.GradSaveFunc;
    const n = given[0]!.shape[0];
    const freedom = Math.max(1, n - 1);
    const whitened = given.map((z, v) => {
      const { centred, whitener } = whiten(z, { ...rowsOf(n, masks[v]), freedom }, ridge);
      return { centred, whitener, y: tf.matMul(centred, whitener, false, true) };
    });
    const y = tf.concat(
      whitened.map((part) => part.y),
      1,
    );
    const blocks = tf.div(tf.matMul(y, y, true), freedom) as tf.Tensor2D;
    const basis = leadingSubspace(blocks, k, iterations);
    const rayleigh = tf.matMul(basis, tf.matMul(blocks, basis), true) as tf.Tensor2D;
    // Columns sum_w H_w A_w, with A_v = W_v^T Q_v.
    const common = tf.matMul(y, basis);
    let start = 0;
    const gradients = whitened.map(({ y: own, whitener }, v) => {
      const part = tf.slice(basis, [start, 0], [sizes[v]!, k]);
      start += sizes[v]!;
      const fit = tf.matMul(tf.matMul(own, part), rayleigh);
      const residual = tf.sub(common, fit) as tf.Tensor2D;
      const rows = masks[v] === undefined ? residual : tf.mul(residual, masks[v]);
      const back = tf.matMul(tf.matMul(rows as tf.Tensor2D, part, false, true), whitener) as tf.Tensor2D;
      return tf.mul(tf.sub(back, meanOf(back, masks[v])), -2 / freedom);
    });
    save(gradients);
    return {
      value: tf.neg(tf.sum(tf.mul(rayleigh, tf.eye(k)))) as tf.Scalar,
      gradFunc: (dy: tf.Tensor, kept: tf.Tensor[]) => kept.map((gradient) => tf.mul(dy, gradient)),
    };
  };
  const withGradient = tf.customGrad(evaluate as never);
  return tf.tidy(() => withGradient(...latents) as tf.Scalar);
}

/** Orthonormal basis `[D, k]` of the leading eigenvectors, by products. */
function leadingSubspace(matrix: tf.Tensor2D, k: number, iterations: number): tf.Tensor2D {
  // A fixed draw: symmetric starts, such as equal blocks, can be orthogonal to what is sought.
  let basis = tensorPolarFactor(seededNormal([matrix.shape[0], k], randomSource(0)) as tf.Tensor2D);
  const squared = tf.matMul(matrix, matrix) as tf.Tensor2D;
  // A higher power would cost float32 the smaller of the leading eigenvalues between two orthonormalisations.
  const fourth = tf.matMul(squared, squared) as tf.Tensor2D;
  for (let round = 0; round < iterations; round++) {
    basis = tensorPolarFactor(tf.matMul(fourth, basis), { iterations: 16 });
  }
  return tensorPolarFactor(basis, { iterations: 16 });
}

/** What centring takes off a gradient: the mean over the rows that count. */
function meanOf(gradient: tf.Tensor2D, mask: tf.Tensor | undefined): tf.Tensor {
  if (mask === undefined) return tf.mean(gradient, 0, true);
  const mean = tf.div(tf.sum(gradient, 0, true), tf.maximum(tf.sum(mask), 1));
  return tf.mul(mean, mask);
}
