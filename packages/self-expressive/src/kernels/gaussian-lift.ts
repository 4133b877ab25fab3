import { CrossmodalError } from '@crossmodal/core';
import { checkFinite } from '@crossmodal/linalg';
import { tf } from '@crossmodal/tensors';
import { checkGram } from '../checks/check-gram.js';
import { checkWidth } from '../checks/check-width.js';
import { decay } from './decay.js';
import { medianOfDistances } from './median-squared-distance.js';
import { mirrorUpper } from './mirror-upper.js';
import { hostDistances } from './squared-distances.js';

/** Options of {@link gaussianLift}. */
export interface GaussianLiftOptions {
  /** Width of the kernel in medians, above 0. @defaultValue 3 */
  readonly width?: number;
  /** The median, 0 or more, where it is known already. @defaultValue {@link medianSquaredDistance} of the Gram matrix */
  readonly median?: number;
}

/**
 * Gaussian lift of a Gram matrix, `K_ij = exp(-D_ij / (width * median(D)))` with `D` the squared distances and the median over
 * all pairs `i < j`: the Gram matrix of the same samples in the kernel's feature space.
 *
 * Computed on the host; no gradient flows through it.
 *
 * @param gram - shape `[n, n]`
 * @returns shape `[n, n]`, in `(0, 1]`, unit diagonal; all ones when all samples coincide
 * @throws CrossmodalError `shape` when `gram` is not square; `value` when it is not finite; `option` when the width is not positive or
 * the median is negative.
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 *
 * const z = tf.tensor2d([[0, 0], [1, 0], [0, 2]]);
 * const lifted = gaussianLift(gramMatrix(z)); // width 3
 * ```
 */
export function gaussianLift(gram: tf.Tensor2D, options: GaussianLiftOptions = {}): tf.Tensor2D {
  const { width = 3 } = options;
  const n = checkGram('gaussianLift', gram);
  checkWidth('gaussianLift', width);
  if (options.median !== undefined && !(options.median >= 0)) {
    throw new CrossmodalError({
      code: 'option',
      where: "gaussianLift option 'median'",
      expected: 'a number of 0 or more',
      received: String(options.median),
    });
  }
  const products = gram.dataSync() as Float32Array;
  checkFinite('gaussianLift', products);
  const values = hostDistances(products, n);
  const median = options.median ?? medianOfDistances(values, n);
  const rate = median > 0 ? 1 / (width * median) : 0;
  for (let i = 0; i < n; i++) {
    values[i * n + i] = 1;
    for (let p = i * n + i + 1; p < (i + 1) * n; p++) values[p] = decay(rate * values[p]!);
  }
  mirrorUpper(values, n);
  return tf.tensor2d(values, [n, n], 'float32');
}
