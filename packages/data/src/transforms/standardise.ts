import type { DenseMatrix } from '@crossmodal/core';
import { columnMeans } from './column-means.js';
import {
  checkSizes,
  presentRows,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from './fitted-transform.js';
import { mapRows } from './map-rows.js';
import { arrayState } from './state.js';

/**
 * Fits column-wise standardisation: `(x - mean) / deviation`, with the population deviation (division by n).
 *
 * A column that is constant, or varies only by rounding, is centred and left unscaled.
 *
 * @param features - shape `[n, d]`
 * @throws CrossmodalError `shape` when no row is present.
 */
export function fitStandard(features: DenseMatrix, options: FitTransformOptions = {}): FittedTransform {
  const rows = presentRows('fitStandard', features, options.present);
  const d = features.columns;
  const means = columnMeans(features, rows);
  const deviations = new Float32Array(d);
  const squares = new Float64Array(d);
  for (const i of rows) {
    for (let j = 0; j < d; j++) squares[j] = squares[j]! + (features.values[i * d + j]! - means[j]!) ** 2;
  }
  for (let j = 0; j < d; j++) {
    const deviation = Math.sqrt(squares[j]! / rows.length);
    // Below single precision of the mean, variation is rounding noise that must not be blown up to unit size.
    deviations[j] = deviation > 1e-7 * Math.abs(means[j]!) ? deviation : 0;
    if (deviations[j] === 0) deviations[j] = 1;
  }
  return restoreStandard({ means: Float32Array.from(means), deviations });
}

/** Applies {@link fitStandard} to the rows it is fitted on: columns of mean 0 and deviation 1. */
export function standardise(
  features: DenseMatrix,
  options: FitTransformOptions = {},
): DenseMatrix<Float32Array> {
  return fitStandard(features, options).apply(features, options.present);
}

/** Rebuilds the transform of {@link fitStandard} from its state. */
export function restoreStandard(state: TransformState): FittedTransform {
  const means = arrayState('standard', state, 'means');
  const deviations = arrayState('standard', state, 'deviations', means.length);
  return {
    name: 'standard',
    state: { means, deviations },
    keepsLayout: true,
    apply(features, present) {
      checkSizes('standardise', features, means.length, present);
      return mapRows(
        'standardise',
        features,
        means.length,
        (row, target) => {
          for (let j = 0; j < row.length; j++) target[j] = (row[j]! - means[j]!) / deviations[j]!;
        },
        present,
      );
    },
  };
}
