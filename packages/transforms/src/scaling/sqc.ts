import type { DenseMatrix } from '@crossmodal/core';
import { columnMeans } from '@crossmodal/linalg';
import {
  checkSizes,
  presentRows,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { mapRows } from '../fitted/map-rows.js';
import { centreUnitInPlace, rootInPlace, unitInPlace } from './row-steps.js';
import { arrayState, learnt } from '../fitted/state.js';

/**
 * Fits the square-root, centre and normalise transform: `x <- sign(x) sqrt(|x|)`, rows to unit length, minus the
 * column means, rows to unit length again.
 *
 * The means of the training rows are kept for new rows. A row of zeros stays one, and a row that equals the means up to rounding
 * becomes one: where all rows are equal, nothing is left of them.
 *
 * @param features - shape `[n, d]`
 * @returns a transform `[m, d] -> [m, d]` whose rows have unit length, or are zero
 * @throws CrossmodalError `shape` when no row is present.
 * @example
 * ```ts
 * const transform = fitSqc(fromRows([[1, 4], [9, 1], [4, 4]]));
 * const features = transform.apply(fromRows([[1, 1]]));
 * ```
 */
export function fitSqc(features: DenseMatrix, options: FitTransformOptions = {}): FittedTransform {
  const rows = presentRows('fitSqc', features, options.present);
  const means = columnMeans(features, { rows, prepare: rootToUnit });
  return restoreSqc({ means: learnt(features, means) });
}

/** Applies {@link fitSqc} to the rows it is fitted on: `[n, d] -> [n, d]`, rows of unit length. */
export function sqc(features: DenseMatrix, options: FitTransformOptions = {}): DenseMatrix<Float32Array> {
  return fitSqc(features, options).apply(features, options.present);
}

/** Rebuilds the transform of {@link fitSqc} from its state. */
export function restoreSqc(state: TransformState): FittedTransform {
  const means = arrayState('sqc', state, 'means');
  return {
    name: 'sqc',
    state: { means },
    keepsLayout: true,
    apply(features, present) {
      checkSizes('sqc', features, means.length, present);
      return mapRows(
        'sqc',
        features,
        means.length,
        (row, target) => {
          rootToUnit(row);
          centreUnitInPlace(row, means);
          target.set(row);
        },
        present,
      );
    },
  };
}

/** Signed square root of a row, then unit length. */
export function rootToUnit(row: Float64Array): void {
  rootInPlace(row);
  unitInPlace(row);
}
