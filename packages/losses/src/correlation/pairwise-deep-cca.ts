import { tf } from '@crossmodal/tensors';
import { checkLatents, refuse } from './check-latents.js';
import { deepCca } from './deep-cca.js';

/** What {@link pairwiseDeepCca} takes. */
export interface PairwiseDeepCcaOptions {
  /** Added to the diagonal of every covariance. @defaultValue 1e-3 */
  readonly ridge?: number;
  /** Rows of each modality that count, `[n, 1]` of 0 and 1; a pair is compared on the rows of both. @defaultValue all */
  readonly masks?: readonly (tf.Tensor | undefined)[];
  /** Factor of each pair `v < w`. @defaultValue 1 */
  readonly weight?: (v: number, w: number) => number | tf.Scalar;
}

/**
 * Deep CCA loss of several modalities, ours: the sum over pairs, `sum_{v < w} a_vw deepCca(Z_v, Z_w)`; in `[-sum a_vw min(d_v, d_w), 0]`.
 * With two modalities it is {@link deepCca}.
 *
 * @param latents - two or more, `[n, d_v]`
 * @throws CrossmodalError `shape` when rows differ or a mask does not fit; `option` with fewer than two latents or a ridge that is not above 0.
 */
export function pairwiseDeepCca(
  latents: readonly tf.Tensor2D[],
  options: PairwiseDeepCcaOptions = {},
): tf.Scalar {
  const { ridge = 1e-3, masks = [], weight = () => 1 } = options;
  if (latents.length < 2) refuse('option', 'pairwiseDeepCca', 'two latents or more', String(latents.length));
  checkLatents('pairwiseDeepCca', latents, masks, [ridge]);
  return tf.tidy(() => {
    const pairs: tf.Tensor[] = [];
    latents.forEach((second, w) => {
      latents.slice(0, w).forEach((first, v) => {
        const mask = both(masks[v], masks[w]);
        const value = deepCca(first, second, mask === undefined ? { ridge } : { ridge, mask });
        const factor = weight(v, w);
        pairs.push(factor === 1 ? value : tf.mul(value, factor));
      });
    });
    return pairs.reduce((sum, value) => tf.add(sum, value)) as tf.Scalar;
  });
}

function both(a: tf.Tensor | undefined, b: tf.Tensor | undefined): tf.Tensor | undefined {
  return a !== undefined && b !== undefined ? tf.mul(a, b) : (a ?? b);
}
