import type { DenseMatrix, FloatArray } from '@crossmodal/core';
import { columnMeans } from '@crossmodal/linalg';
import {
  checkSizes,
  presentRows,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { mapRows } from '../fitted/map-rows.js';
import { centreUnitInPlace, ontoSphereInPlace } from './row-steps.js';
import { fitStandard } from './standardise.js';
import { arrayState } from '../fitted/state.js';

/**
 * Fits the projection of rows onto a sphere, by which where a row lies becomes a direction: with standardised features `z`,
 * `x <- (z, 4) / |(z, 4)|`, minus the mean of the rows, rows to unit length.
 *
 * It is for few features, whose lengths tell as much as their directions: {@link fitSqc} keeps of one feature its sign alone, and of a group
 * at the origin nothing. Where distances alone are used, {@link fitPlaces} keeps them better.
 *
 * @param features - shape `[n, d]`
 * @returns a transform `[m, d] -> [m, d + 1]` whose rows have unit length, or are zero where all rows are equal
 * @throws CrossmodalError `shape` when no row is present.
 * @example
 * ```ts
 * const transform = fitSphere(fromRows([[1], [4], [9]]));
 * console.log(transform.apply(fromRows([[4]])).columns); // 2
 * ```
 */
export function fitSphere(features: DenseMatrix, options: FitTransformOptions = {}): FittedTransform {
  const rows = presentRows('fitSphere', features, options.present);
  const { means, deviations } = standardOf(fitStandard(features, options).state);
  const lifted = mapRows(
    'fitSphere',
    features,
    features.columns + 1,
    liftBy(means, deviations),
    options.present,
  );
  return restoreSphere({ means, deviations, centre: Float32Array.from(columnMeans(lifted, { rows })) });
}

function standardOf(state: TransformState): { readonly means: FloatArray; readonly deviations: FloatArray } {
  const means = arrayState('sphere', state, 'means');
  return { means, deviations: arrayState('sphere', state, 'deviations', means.length) };
}

/** Rebuilds the transform of {@link fitSphere} from its state. */
export function restoreSphere(state: TransformState): FittedTransform {
  const { means, deviations } = standardOf(state);
  const centre = arrayState('sphere', state, 'centre', means.length + 1);
  const lift = liftBy(means, deviations);
  return {
    name: 'sphere',
    state: { means, deviations, centre },
    keepsLayout: false,
    apply(features, present) {
      checkSizes('sphere', features, means.length, present);
      const row = new Float64Array(means.length + 1);
      return mapRows(
        'sphere',
        features,
        row.length,
        (source, target) => {
          lift(source, row);
          centreUnitInPlace(row, centre);
          target.set(row);
        },
        present,
      );
    },
  };
}

/** Standardises a row and projects it onto the sphere. */
function liftBy(means: FloatArray, deviations: FloatArray) {
  const row = new Float64Array(means.length + 1);
  return (source: Float64Array, target: Float32Array | Float64Array): void => {
    for (let j = 0; j < means.length; j++) row[j] = (source[j]! - means[j]!) / deviations[j]!;
    ontoSphereInPlace(row);
    target.set(row);
  };
}
