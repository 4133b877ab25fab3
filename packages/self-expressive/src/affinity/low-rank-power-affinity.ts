import {
  CrossmodalError,
  denseMatrix,
  randomSource,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';
import { randomisedSvd, readValues, tf } from '@crossmodal/tensors';
import { checkCoefficients } from '../checks/check-coefficients.js';

/** Options of {@link lowRankPowerAffinity}. */
export interface LowRankPowerAffinityOptions {
  /** Number of clusters `K`, 1 or more. */
  readonly clusters: number;
  /** Dimension `d` supposed of each cluster's subspace. @defaultValue 6 */
  readonly dimension?: number;
  /** Power `alpha > 0` that sharpens the affinity. @defaultValue 8 */
  readonly power?: number;
  /** Starts the truncated decomposition; its result does not depend on the draw beyond its tolerance. @defaultValue seed 0 */
  readonly random?: RandomSource;
}

/**
 * Low-rank power affinity, the post-processing of deep subspace clustering networks.
 *
 * `C = (S + S^T) / 2`; truncated SVD of rank `r = min(d K + 1, n - 1)`; `U diag(s)^(1/2)` with rows of unit length; `Z = U U^T`, negatives
 * to 0; `A = Z^alpha / max`. A zero row stays zero: an isolated sample.
 *
 * @param s - coefficients, shape `[n, n]`, `n >= 2`; often after {@link thresholdCoefficients}
 * @returns shape `[n, n]`, symmetric, in `[0, 1]`
 * @throws CrossmodalError `shape` when `s` is not square; `option` when an option is out of range; `value` when `s` is not finite.
 */
export function lowRankPowerAffinity(
  s: DenseMatrix,
  options: LowRankPowerAffinityOptions,
): DenseMatrix<Float32Array> {
  const { clusters, dimension = 6, power = 8, random = randomSource(0) } = options;
  const n = checkCoefficients('lowRankPowerAffinity', s);
  checkPositive('clusters', clusters);
  checkPositive('dimension', dimension);
  checkPositive('power', power);
  const rank = Math.max(1, Math.min(Math.floor(dimension * clusters) + 1, n - 1));
  const basis = unitRows(s, n, rank, random);
  const product = readValues(() => {
    const u = tf.tensor2d(basis, [n, rank], 'float32');
    return tf.matMul(u, u, false, true);
  });
  const values = new Float32Array(n * n);
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const value = Math.max(product[i * n + j]!, 0) ** power;
      values[i * n + j] = value;
      largest = Math.max(largest, value);
    }
  }
  const scale = largest > 0 ? 1 / largest : 0;
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const value = values[i * n + j]! * scale;
      values[i * n + j] = value;
      values[j * n + i] = value;
    }
  }
  return denseMatrix(values, n, n);
}

/** Rows of `U diag(s)^(1/2)`, divided by their length, shape `[n, rank]`. */
function unitRows(s: DenseMatrix, n: number, rank: number, random: RandomSource): Float32Array {
  const symmetric = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const value = (s.values[i * n + j]! + s.values[j * n + i]!) / 2;
      symmetric[i * n + j] = value;
      symmetric[j * n + i] = value;
    }
  }
  const input = tf.tensor2d(symmetric, [n, n], 'float32');
  let decomposition: ReturnType<typeof randomisedSvd>;
  try {
    decomposition = randomisedSvd(input, { rank, random, tolerance: 1e-5 });
  } finally {
    input.dispose();
  }
  const u = Float32Array.from(decomposition.u.dataSync());
  const singular = Float32Array.from(decomposition.s.dataSync());
  tf.dispose([decomposition.u, decomposition.s, decomposition.v]);
  for (let i = 0; i < n; i++) {
    let squares = 0;
    for (let j = 0; j < rank; j++) {
      u[i * rank + j]! *= Math.sqrt(singular[j]!);
      squares += u[i * rank + j]! ** 2;
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let j = 0; j < rank; j++) u[i * rank + j]! *= scale;
  }
  return u;
}

function checkPositive(option: string, value: number): void {
  if (!(value > 0)) {
    throw new CrossmodalError({
      code: 'option',
      where: `lowRankPowerAffinity option '${option}'`,
      expected: 'a positive number',
      received: String(value),
    });
  }
}
