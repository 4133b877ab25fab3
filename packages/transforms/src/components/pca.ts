import {
  CrossmodalError,
  denseMatrix,
  presentInBlock,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';
import {
  columnMeans,
  covarianceOperator,
  largestEigenpairs,
  projectRows,
  type Eigenpairs,
} from '@crossmodal/linalg';
import {
  checkSizes,
  presentRows,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { arrayState, inPrecision, numberState, precisionOf, type Precision } from '../fitted/state.js';

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
  checkPcaOptions('fitPca', options, rows.length, features.columns);
  const means = columnMeans(features, { rows });
  const squares = whiten && ridge > 0 ? addSquares(0, features, rows, means) : 0;
  const operator = covarianceOperator(features, { rows, means });
  const axes = largestEigenpairs(operator, { count: components, random });
  const floor = ridge * (squares / rows.length);
  return fromAxes(precisionOf(features), means, axes, { whiten, floor });
}

/** Refuses numbers of components and ridges that no principal components have. */
export function checkPcaOptions(
  where: string,
  { components, ridge = 0 }: Pick<PcaOptions, 'components' | 'ridge'>,
  rows: number,
  columns: number,
): void {
  const most = Math.min(rows, columns);
  if (!Number.isInteger(components) || components < 1 || components > most) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'components'`,
      expected: `a whole number in 1..${most}, the smaller of present rows and features`,
      received: String(components),
    });
  }
  if (!(ridge >= 0 && ridge < Infinity)) {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'ridge'`,
      expected: 'a number of 0 or more',
      received: String(ridge),
    });
  }
}

/** Directions whose share of the largest variance is this or less carry rounding alone. */
export const EMPTY_SHARE = 1e-10;

/**
 * The transform onto axes, eigenvectors `[d, components]` with their variances.
 *
 * @param floor - added to every variance before it is whitened
 */
export function fromAxes(
  precision: Precision,
  means: Float64Array,
  { values, vectors }: Eigenpairs,
  { whiten, floor }: { readonly whiten: boolean; readonly floor: number },
): FittedTransform {
  const d = means.length;
  const components = values.length;
  const matrix = new Float64Array(components * d);
  for (let k = 0; k < components; k++) {
    // Directions without variance, but for rounding, carry nothing that could be scaled up.
    const empty = values[k]! <= EMPTY_SHARE * values[0]!;
    const scale = !whiten ? 1 : empty ? 0 : 1 / Math.sqrt(values[k]! + floor);
    for (let j = 0; j < d; j++) matrix[k * d + j] = scale * vectors.values[j * components + k]!;
  }
  return restorePca({
    means: inPrecision(precision, means),
    components: inPrecision(precision, matrix),
    count: components,
  });
}

/** Adds the squared distances of rows from the means, over all features, to a sum. */
export function addSquares(
  sum: number,
  { columns: d, values }: DenseMatrix,
  rows: Int32Array,
  means: Float64Array,
): number {
  let total = sum;
  for (const i of rows) {
    for (let j = 0; j < d; j++) total += (values[i * d + j]! - means[j]!) ** 2;
  }
  return total;
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
      const target = new Float32Array(features.rows * count);
      const rows = presentInBlock({ start: 0, features }, present);
      projectRows(features, { rows, means, axes: components, count, target });
      return denseMatrix(target, features.rows, count);
    },
  };
}
