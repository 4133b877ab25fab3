import { CrossmodalError } from '@crossmodal/core';
import { sameShape } from '@crossmodal/encoders';
import { tf } from '@crossmodal/tensors';

/**
 * Fuses latents of one shape by weights: `h_f = sum_v w_v h^v`.
 *
 * @param latents - one `[n, q]` a modality
 * @param weights - one a modality, `[V]`
 * @returns `[n, q]`
 * @throws CrossmodalError `shape` when there is not one weight a latent, or latents differ in shape.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, section 3.1 (B)
 */
export function weightedSum(latents: readonly tf.Tensor[], weights: tf.Tensor1D): tf.Tensor {
  const [first] = latents;
  if (first === undefined || !sameShape(weights.shape, [latents.length])) {
    refuse(`one weight a latent, [${Math.max(1, latents.length)}]`, weights.shape);
  }
  const other = latents.find(({ shape }) => !sameShape(shape, first.shape));
  if (other !== undefined) refuse(`latents of one shape, [${first.shape.join(', ')}]`, other.shape);
  return tf.tidy(() =>
    latents
      .map((latent, v) => tf.mul(latent, tf.slice(weights, [v], [1])))
      .reduce((sum, part) => tf.add(sum, part)),
  );
}

function refuse(expected: string, shape: readonly number[]): never {
  throw new CrossmodalError({
    code: 'shape',
    where: 'weightedSum',
    expected,
    received: `[${shape.join(', ')}]`,
  });
}
