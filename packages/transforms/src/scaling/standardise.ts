import type { DenseMatrix } from '@crossmodal/core';
import { columnDeviations, columnMeans } from '@crossmodal/linalg';
import {
  checkSizes,
  presentRows,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { mapRows } from '../fitted/map-rows.js';
import { arrayState, inPrecision, precisionOf, type Precision } from '../fitted/state.js';

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
  const means = columnMeans(features, { rows });
  return fromMoments(precisionOf(features), means, columnDeviations(features, { rows, means }));
}

/** The transform of columns of these means and deviations. */
export function fromMoments(
  precision: Precision,
  means: Float64Array,
  deviations: Float64Array,
): FittedTransform {
  // Below the precision of the mean, variation is rounding noise that must not be blown up to unit size.
  const noise = precision === 'single' ? 1e-7 : 1e-15;
  const kept = inPrecision(
    precision,
    deviations.map((deviation, j) => (deviation > noise * Math.abs(means[j]!) ? deviation : 0)),
  );
  // In single precision a tiny deviation may have become 0 just now.
  for (let j = 0; j < kept.length; j++) if (kept[j] === 0) kept[j] = 1;
  return restoreStandard({ means: inPrecision(precision, means), deviations: kept });
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
