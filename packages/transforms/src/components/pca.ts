import { CrossmodalError, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { columnMeans, covarianceOperator, largestEigenpairs, projectRows } from '@crossmodal/linalg';
import {
  checkSizes,
  presentRows,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { arrayState, learnt, numberState } from '../fitted/state.js';

/** Options of {@link fitPca}. */
export interface PcaOptions extends FitTransformOptions {
  /** Principal components kept, `1..min(n, d)`. */
  readonly components: number;
  /** Decides the start of the eigen-solver; the result depends on it by rounding only. */
  readonly random: RandomSource;
  /** Scales every component to deviation 1. @defaultValue false */
  readonly whiten?: boolean;
  /**
   * Added to the variance of every component when it is whitened, as a share of the variance of all features together, 0 or more: weak
   * components, which are mostly noise, are then not blown up to the size of strong ones.
   *
   * @defaultValue 0
   */
  readonly ridge?: number;
}

/**
 * Fits principal component analysis: `y = U^T (x - mean)`, `U` the eigenvectors `[d, components]` of the covariance
 * with the largest eigenvalues, in descending order; the entry of largest magnitude of each is positive.
 *
 * @param features - shape `[n, d]`
 * @returns a transform `[m, d] -> [m, components]`
 * @throws CrossmodalError `option` when `components` is not in `1..min(n, d)`; `shape` when no row is present.
 * @example
 * ```ts
 * const features = fromRows([[1, 2, 0], [2, 4, 1], [3, 6, 0]]);
 * const transform = fitPca(features, { components: 2, random: randomSource(1) });
 * const reduced = transform.apply(features);
 * ```
 */
export function fitPca(features: DenseMatrix, options: PcaOptions): FittedTransform {
  const { components, random, whiten = false, ridge = 0, present } = options;
  const rows = presentRows('fitPca', features, present);
  const d = features.columns;
  const most = Math.min(rows.length, d);
  if (!Number.isInteger(components) || components < 1 || components > most) {
    throw new CrossmodalError({
      code: 'option',
      where: "fitPca option 'components'",
      expected: `a whole number in 1..${most}, the smaller of present rows and features`,
      received: String(components),
    });
  }
  if (!(ridge >= 0 && ridge < Infinity)) {
    throw new CrossmodalError({
      code: 'option',
      where: "fitPca option 'ridge'",
      expected: 'a number of 0 or more',
      received: String(ridge),
    });
  }
  const means = columnMeans(features, { rows });
  const floor = whiten && ridge > 0 ? ridge * totalVariance(features, rows, means) : 0;
  const operator = covarianceOperator(features, { rows, means });
  const { values, vectors } = largestEigenpairs(operator, { count: components, random });
  const matrix = new Float64Array(components * d);
  for (let k = 0; k < components; k++) {
    // Directions without variance, but for rounding, carry nothing that could be scaled up.
    const empty = values[k]! <= 1e-10 * values[0]!;
    const scale = !whiten ? 1 : empty ? 0 : 1 / Math.sqrt(values[k]! + floor);
    for (let j = 0; j < d; j++) matrix[k * d + j] = scale * vectors.values[j * components + k]!;
  }
  return restorePca({
    means: learnt(features, means),
    components: learnt(features, matrix),
    count: components,
  });
}

/** Sum over features of their variance. */
function totalVariance(features: DenseMatrix, rows: Int32Array, means: Float64Array): number {
  const d = features.columns;
  let sum = 0;
  for (const i of rows) {
    for (let j = 0; j < d; j++) sum += (features.values[i * d + j]! - means[j]!) ** 2;
  }
  return sum / rows.length;
}

/** Applies {@link fitPca} to the rows it is fitted on: `[n, d] -> [n, components]`. */
export function pca(features: DenseMatrix, options: PcaOptions): DenseMatrix<Float32Array> {
  return fitPca(features, options).apply(features, options.present);
}

/** Rebuilds the transform of {@link fitPca} from its state. */
export function restorePca(state: TransformState): FittedTransform {
  const means = arrayState('pca', state, 'means');
  const count = numberState('pca', state, 'count');
  const d = means.length;
  const components = arrayState('pca', state, 'components', count * d);
  return {
    name: 'pca',
    state: { means, components, count },
    keepsLayout: false,
    apply(features, present) {
      checkSizes('pca', features, d, present);
      return projectRows(features, { means, directions: components, present });
    },
  };
}
