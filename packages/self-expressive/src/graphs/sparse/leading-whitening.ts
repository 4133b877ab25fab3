import type { DenseMatrix, RandomSource } from '@crossmodal/core';
import { backendProduct } from '@crossmodal/tensors';
import { jitteredWhitening } from './jittered-whitening.js';
import { leadingSpace } from './leading-space.js';

/** Options of {@link leadingWhitening}. */
export interface LeadingWhiteningOptions {
  /** Columns of the features. */
  readonly rank: number;
  readonly random: RandomSource;
  /** Kernels of a sample of rows with the landmarks ({@link sampledRows}), shape `[s, m]`; asked for where `rank` is below `m`. */
  readonly sample: () => DenseMatrix<Float32Array>;
}

/**
 * What turns kernels with landmarks into features, shape `[m, r]`: with `W` the kernel of `m` landmarks and `W = R R^T` it is `R^-T`, and where `rank`
 * is smaller, `R^-T U` with the leading directions `U` of a sample of rows. Those of the landmarks themselves would hold less of other rows.
 *
 * @throws CrossmodalError `value` when the kernel is not finite, or not positive semidefinite.
 */
export function leadingWhitening(
  where: string,
  kernel: DenseMatrix<Float32Array>,
  { rank, random, sample }: LeadingWhiteningOptions,
): DenseMatrix<Float32Array> {
  const whitening = jitteredWhitening(where, kernel);
  if (kernel.rows <= rank) return whitening;
  // Whitened before they are multiplied: the other order loses the small directions to rounding.
  const features = backendProduct(sample(), whitening);
  const moments = backendProduct(features, features, { transposeA: true });
  return backendProduct(whitening, leadingSpace(moments, rank, random.fork('directions')));
}
