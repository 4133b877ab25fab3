import type { DenseMatrix, RandomSource } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';
import { jitteredWhitening } from './jittered-whitening.js';
import { leadingSpace } from './leading-space.js';

/** Options of {@link leadingWhitening}. */
export interface LeadingWhiteningOptions {
  /** Columns of the features. */
  readonly rank: number;
  readonly random: RandomSource;
}

/**
 * What turns kernels with landmarks into features: with `W` the kernel of `m` landmarks, `U` its leading directions, shape `[m, r]`, and
 * `U^T W U = R R^T`, it is `U R^-T`, the projection onto the `r` combinations of landmarks that hold most of their energy. All `m` of them where
 * `rank` allows, with `U = I`.
 *
 * @throws CrossmodalError `value` when the kernel is not finite, or not positive semidefinite.
 */
export function leadingWhitening(
  where: string,
  kernel: DenseMatrix<Float32Array>,
  { rank, random }: LeadingWhiteningOptions,
): DenseMatrix<Float32Array> {
  if (kernel.rows <= rank) return jitteredWhitening(where, kernel);
  const directions = leadingSpace(kernel, rank, random.fork('directions'));
  const own = backendProduct(directions, backendProduct(kernel, directions), { transposeA: true });
  return backendProduct(directions, jitteredWhitening(where, own));
}
