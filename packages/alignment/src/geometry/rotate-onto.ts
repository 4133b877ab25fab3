import { denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { orthogonalProcrustes, readValues, tf, toTensor } from '@crossmodal/tensors';
import { checkRows } from '../checks/check-rows.js';

/** Features that were rotated onto a target. */
export interface RotatedFeatures {
  /** `Q`, shape `[a, max(a, b)]`, orthonormal rows. */
  readonly rotation: DenseMatrix<Float32Array>;
  /** `X Q`, shape `[n, max(a, b)]`. */
  readonly features: DenseMatrix<Float32Array>;
}

/**
 * Rotates the features of one modality onto those of another, sample by sample: `X <- X Q` with the `Q` of orthonormal rows that makes
 * `||X Q - [Y 0]||_F` least (orthogonal Procrustes), so that one set of weights reads the same thing in both.
 *
 * Both are padded with zeros to the wider of the two: a rotation of that many dimensions loses nothing of either. Distances between rows do not
 * change. A row of zeros, as an absent sample has, adds nothing and stays one.
 *
 * @param features - `X`, shape `[n, a]`
 * @param target - `Y`, shape `[n, b]`, row i shows the object of row i of `X`; `max(a, b) <= 1024`
 * @throws CrossmodalError `shape` when the numbers of rows differ; `unsupported` when a matrix is too wide; `value` when a value is not finite.
 * @see {@link rotationBetween}, which shifts too
 * @example
 * ```ts
 * const target = fromRows([[0, 1], [-2, 0], [-1, 3]]);
 * const turned = fromRows([[1, 0], [0, 2], [3, 1]]); // by 90 degrees
 * rotateOnto(turned, target).features.values; // 0, 1, -2, 0, -1, 3
 * ```
 */
export function rotateOnto(features: DenseMatrix, target: DenseMatrix): RotatedFeatures {
  checkRows('rotateOnto', features, target);
  const { rows, columns } = features;
  const width = Math.max(columns, target.columns);
  const turn = tf.tidy(() => orthogonalProcrustes(tf.matMul(toTensor(features), toTensor(target), true)));
  try {
    const rotation = readValues(() => tf.clone(turn));
    const rotated = readValues(() => tf.matMul(toTensor(features), turn));
    return {
      rotation: denseMatrix(rotation.slice(), columns, width),
      features: denseMatrix(rotated.slice(), rows, width),
    };
  } finally {
    turn.dispose();
  }
}
