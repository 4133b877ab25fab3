import type { DenseMatrix } from '@crossmodal/core';
import { columnMeans } from '@crossmodal/linalg';
import { fitNeighbourWhitening, whitenBy, whiteningState } from '../components/neighbour-whitening.js';
import {
  checkSizes,
  presentRows,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { mapRows } from '../fitted/map-rows.js';
import { arrayState, numberState } from '../fitted/state.js';
import { subtractInPlace, unitInPlace } from './row-steps.js';

/**
 * Distance of the plane of whitened rows from the centre of the sphere, in deviations: far enough that distances on the sphere are in proportion
 * to those on the plane for most rows, near enough that a row far out stays one of many.
 */
const DISTANCE = 4;
/** Mean squares below this are rounding: rows of unit length that are kept in single precision are equal then. */
const ROUNDING = 1e-12;

/**
 * Fits the map of rows to places on a sphere: {@link fitNeighbourWhitening} to `z`, `x <- (z, 4) / |(z, 4)|`, minus the mean of the rows,
 * times one factor that makes the mean squared length 1.
 *
 * Distances of the result are those of the whitened features, bounded for rows far out. It is for few features, where {@link fitSqc} loses
 * what is there: it keeps of one feature its sign alone, of a group at the origin nothing, and of two circles that have one centre nothing that
 * tells them apart.
 *
 * @param features - shape `[n, d]`
 * @returns a transform `[m, d] -> [m, d + 1]`; rows are zero only where all rows are equal, or absent
 * @throws CrossmodalError `shape` when no row is present; `value` when a value is not finite.
 * @example
 * ```ts
 * const transform = fitPlaces(fromRows([[1], [4], [9]]));
 * console.log(transform.apply(fromRows([[4]])).columns); // 2
 * ```
 */
export function fitPlaces(features: DenseMatrix, options: FitTransformOptions = {}): FittedTransform {
  const rows = presentRows('fitPlaces', features, options.present);
  const { state } = fitNeighbourWhitening(features, options);
  const d = features.columns + 1;
  const lifted = mapRows('fitPlaces', features, d, liftBy(state), options.present);
  const centre = Float64Array.from(columnMeans(lifted, { rows }));
  let squares = 0;
  for (const i of rows) for (let j = 0; j < d; j++) squares += (lifted.values[i * d + j]! - centre[j]!) ** 2;
  const mean = squares / rows.length;
  return restorePlaces({ ...state, centre, factor: mean > ROUNDING ? 1 / Math.sqrt(mean) : 0 });
}

/** Rebuilds the transform of {@link fitPlaces} from its state. */
export function restorePlaces(state: TransformState): FittedTransform {
  const learnt = whiteningState('places', state);
  const d = learnt.means.length;
  const centre = arrayState('places', state, 'centre', d + 1);
  const factor = numberState('places', state, 'factor');
  const lift = liftBy(state);
  return {
    name: 'places',
    state: { ...learnt, centre, factor },
    keepsLayout: false,
    apply(features, present) {
      checkSizes('places', features, d, present);
      const row = new Float64Array(d + 1);
      return mapRows(
        'places',
        features,
        row.length,
        (source, target) => {
          lift(source, row);
          subtractInPlace(row, centre);
          target.set(row.map((x) => factor * x));
        },
        present,
      );
    },
  };
}

/** Whitens a row and projects it onto the sphere. */
function liftBy(state: TransformState) {
  const whiten = whitenBy(whiteningState('places', state));
  return (source: Float64Array, target: Float32Array | Float64Array): void => {
    const row = Float64Array.of(...whiten(source), DISTANCE);
    unitInPlace(row);
    target.set(row);
  };
}
