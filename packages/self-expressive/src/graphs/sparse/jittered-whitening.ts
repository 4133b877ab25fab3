import { denseMatrix, isCrossmodalError, type DenseMatrix } from '@crossmodal/core';
import { transposeMatrix } from '@crossmodal/linalg';
import { inverseFactor } from '../../solvers/sparse/inverse-factor.js';

/** Of the trace: what single precision leaves uncertain in a kernel. */
const FIRST_JITTER = 1e-7;
/** A kernel that is not positive with this share of its trace on the diagonal is no kernel. */
const LAST_JITTER = 1e-3;

/**
 * `R^-T` with `W + e I = R R^T`, for a kernel `W` of landmarks: `C R^-T` are features of whatever has the kernel `C` with the landmarks. The
 * jitter `e` starts at 1e-7 of the trace and grows tenfold until the factorisation succeeds, as duplicates among the landmarks may need.
 *
 * @throws CrossmodalError `value` when the kernel is not finite, or not positive semidefinite.
 */
export function jitteredWhitening(where: string, kernel: DenseMatrix): DenseMatrix<Float32Array> {
  const m = kernel.rows;
  let trace = 0;
  for (let l = 0; l < m; l++) trace += kernel.values[l * m + l]!;
  // All landmarks at the origin of a linear kernel: any jitter is as good as another.
  const scale = trace > 0 ? trace : 1;
  for (let jitter = FIRST_JITTER; ; jitter *= 10) {
    const shifted = Float64Array.from(kernel.values);
    for (let l = 0; l < m; l++) shifted[l * m + l]! += jitter * scale;
    try {
      const inverse = inverseFactor(where, denseMatrix(shifted, m, m));
      return transposeMatrix(inverse) as DenseMatrix<Float32Array>;
    } catch (error) {
      if (!isCrossmodalError(error) || error.code !== 'value' || jitter >= LAST_JITTER || Number.isNaN(trace))
        throw error;
    }
  }
}
