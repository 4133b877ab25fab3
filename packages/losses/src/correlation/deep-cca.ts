import { tensorPolarFactor, tf } from '@crossmodal/tensors';
import { checkLatents } from './check-latents.js';
import { rowsOf, whiten, type Whitening } from './whitening.js';

/** What {@link deepCca} takes. */
export interface DeepCcaOptions {
  /**
   * r1 and r2, added to the diagonals of the covariances; one number is both.
   * @defaultValue 1e-3, the paper's
   */
  readonly ridge?: number | readonly [r1: number, r2: number];
  /** Rows that count, `[n, 1]` of 0 and 1. @defaultValue all */
  readonly mask?: tf.Tensor;
}

/**
 * Deep CCA loss: minus the sum of the canonical correlations of two latents over a batch, `-tr sqrt(T^T T)`, the nuclear norm of
 * `T = S11^(-1/2) S12 S22^(-1/2)`, with `S_ii = H_i^T H_i / (n - 1) + r_i I`, `S12 = H1^T H2 / (n - 1)` and H the centred latents; in
 * `[-min(d1, d2), 0]`.
 *
 * The gradient is the closed form of Andrew et al., `dL/dH1 = -(2 H1 G11 + H2 G12^T) / (n - 1)` with `G12 = S11^(-1/2) U V^T S22^(-1/2)`
 * and `G11 = -S11^(-1/2) U D U^T S11^(-1/2) / 2` of `T = U D V^T`. Nothing divides by differences of eigenvalues, and `U V^T` comes from
 * products, so that it is finite where columns are constant, rows are fewer than columns, or correlations coincide. The value grows with
 * the number of columns over the number of rows, whatever the data: batches should hold many more rows than columns.
 *
 * @param z1 - latents of one modality, `[n, d1]`
 * @param z2 - latents of the other, `[n, d2]`
 * @throws CrossmodalError `shape` when rows differ or the mask does not fit; `option` when a ridge is not above 0.
 * @see Gao et al., Cross-Modal Subspace Clustering via Deep Canonical Correlation Analysis, 2020, Eq. 4-6
 * @see Andrew et al., Deep Canonical Correlation Analysis, 2013
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const z = tf.tensor2d([[1], [2], [4]]);
 * const opposite = tf.neg(z) as typeof z;
 * const loss = deepCca(z, opposite, { ridge: 1e-6 }); // -1: a sign makes no difference
 * tf.dispose([z, opposite, loss]);
 * ```
 */
export function deepCca(z1: tf.Tensor2D, z2: tf.Tensor2D, options: DeepCcaOptions = {}): tf.Scalar {
  const { ridge = 1e-3, mask } = options;
  const [r1, r2] = typeof ridge === 'number' ? [ridge, ridge] : ridge;
  checkLatents('deepCca', [z1, z2], [mask], [r1, r2]);
  const withGradient = tf.customGrad((a, b, save) => {
    const rows = rowsOf(z1.shape[0], mask);
    const first = whiten(a as tf.Tensor2D, rows, r1);
    const second = whiten(b as unknown as tf.Tensor2D, rows, r2);
    const cross = tf.div(tf.matMul(first.centred, second.centred, true), rows.freedom);
    const t = tf.matMul(tf.matMul(first.whitener, cross), second.whitener, false, true) as tf.Tensor2D;
    const polar = tensorPolarFactor(t);
    // U D U^T and V D V^T.
    const left = tf.matMul(polar, t, false, true) as tf.Tensor2D;
    const right = tf.matMul(t, polar, true) as tf.Tensor2D;
    const across = tf.matMul(tf.matMul(first.whitener, polar, true), second.whitener) as tf.Tensor2D;
    const saved = [
      slope(first, left, second.centred, tf.transpose(across)),
      slope(second, right, first.centred, across),
    ].map((gradient) => tf.div(gradient, rows.freedom));
    (save as unknown as tf.GradSaveFunc)(saved);
    return {
      value: tf.neg(tf.sum(tf.mul(t, polar))) as tf.Scalar,
      gradFunc: (dy: tf.Tensor, kept: tf.Tensor[]) => kept.map((gradient) => tf.mul(dy, gradient)),
    };
  });
  return tf.tidy(() => withGradient(z1, z2) as tf.Scalar);
}

/** `H W^T M W - H' G`, minus the derivative by H times the degrees of freedom; M is symmetric up to rounding. */
function slope(
  { centred, whitener }: Whitening,
  m: tf.Tensor2D,
  other: tf.Tensor2D,
  across: tf.Tensor2D,
): tf.Tensor {
  const symmetric = tf.mul(tf.add(m, tf.transpose(m)), 0.5) as tf.Tensor2D;
  const own = tf.matMul(tf.matMul(whitener, symmetric, true), whitener);
  return tf.sub(tf.matMul(centred, own), tf.matMul(other, across));
}
