import type { DenseMatrix, RandomSource } from '@crossmodal/core';
import { readValues, tf, toTensor } from '@crossmodal/tensors';
import { fitCentre, fitPca, restoreTransform, type FittedTransform } from '@crossmodal/transforms';

/** What features become before they are scaled as a whole. */
export interface Reduced {
  readonly transform: FittedTransform;
  /** The transform of the features that it was fitted to. */
  readonly plain: DenseMatrix<Float32Array>;
}

/** Features minus their means. */
export function centred(features: DenseMatrix, present: Uint8Array | undefined): Reduced {
  const transform = fitCentre(features, { present });
  return { transform, plain: transform.apply(features, present) };
}

/** Principal components, as many as there are features and present rows, at most `width`. */
export function components(
  features: DenseMatrix,
  present: Uint8Array | undefined,
  { width, random }: { readonly width: number; readonly random: RandomSource },
): Reduced {
  const count = Math.min(width, features.columns, presentRows(features, present));
  const transform = fitPca(features, { components: count, random, present });
  return { transform, plain: transform.apply(features, present) };
}

/** Components half whitened: score j divided by the fourth root of its variance. */
export function halfWhitened({ transform, plain: scores }: Reduced, present?: Uint8Array): Reduced {
  const { columns: count } = scores;
  const rows = presentRows(scores, present);
  const variances = new Float64Array(count);
  for (let p = 0; p < scores.values.length; p++) variances[p % count]! += scores.values[p]! ** 2 / rows;
  // Axes without variance, but for rounding, carry nothing that could be scaled up.
  const scales = variances.map((variance) => (variance > 1e-10 * variances[0]! ? variance ** -0.25 : 0));
  const means = transform.state['means'] as Float32Array;
  const axes = (transform.state['components'] as Float32Array).map(
    (value, p) => value * scales[Math.floor(p / means.length)]!,
  );
  return {
    transform: linear(means, axes, count),
    plain: { ...scores, values: scores.values.map((value, p) => value * scales[p % count]!) },
  };
}

/** Components whose scores are rotated: the axes `[q, d]` become `Q^T axes`. */
export function rotatedComponents(
  { state }: FittedTransform,
  rotation: DenseMatrix<Float32Array>,
): FittedTransform {
  const axes = state['components'] as Float32Array;
  const rotated = readValues(() =>
    tf.matMul(
      toTensor(rotation),
      tf.tensor2d(axes.slice(), [rotation.rows, axes.length / rotation.rows]),
      true,
    ),
  );
  return linear(state['means'] as Float32Array, rotated.slice(), rotation.columns);
}

/** Factor that makes the mean square of present rows 1. */
export function unitFactor(matrix: DenseMatrix<Float32Array>, present?: Uint8Array): number {
  let squares = 0;
  for (const value of matrix.values) squares += value * value;
  // Features that are all alike stay zeros.
  return squares > 0 ? Math.sqrt((presentRows(matrix, present) * matrix.columns) / squares) : 1;
}

/** `y = A (x - means)`, as the transform that PCA is. */
function linear(means: Float32Array, axes: Float32Array, count: number): FittedTransform {
  return restoreTransform('pca', { means, components: axes, count });
}

function presentRows({ rows }: DenseMatrix, present: Uint8Array | undefined): number {
  return present === undefined ? rows : present.reduce((sum, flag) => sum + flag, 0);
}
