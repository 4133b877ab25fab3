import type { DenseMatrix } from '@crossmodal/core';
import { fitNeighbourWhitening, whitenBy, whiteningState } from '../components/neighbour-whitening.js';
import {
  checkSizes,
  presentRows,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { mapRows } from '../fitted/map-rows.js';
import { numberState } from '../fitted/state.js';
import { ontoSphereInPlace } from './row-steps.js';

/** Squared distances below this are rounding: rows of unit length are kept in single precision. */
const ROUNDING = 1e-12;

/**
 * Fits the map of rows to places on a sphere: {@link fitNeighbourWhitening} to `z`, `x <- (z, 4) / |(z, 4)|`.
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
  const { values } = mapRows('fitPlaces', features, d, liftBy(state), options.present);
  const [first] = rows;
  // Whitened up to a factor, equal rows differ by rounding alone.
  const differ = rows.some((i) => {
    let squares = 0;
    for (let j = 0; j < d; j++) squares += (values[i * d + j]! - values[first! * d + j]!) ** 2;
    return squares > ROUNDING;
  });
  return restorePlaces({ ...state, length: differ ? 1 : 0 });
}

/** Rebuilds the transform of {@link fitPlaces} from its state. */
export function restorePlaces(state: TransformState): FittedTransform {
  const learnt = whiteningState('places', state);
  const d = learnt.means.length;
  const length = numberState('places', state, 'length');
  const lift = liftBy(state);
  return {
    name: 'places',
    state: { ...learnt, length },
    keepsLayout: false,
    apply(features, present) {
      checkSizes('places', features, d, present);
      const place = length === 0 ? () => {} : lift;
      return mapRows('places', features, d + 1, place, present);
    },
  };
}

/** Whitens a row and projects it onto the sphere. */
function liftBy(state: TransformState) {
  const learnt = whiteningState('places', state);
  const whiten = whitenBy(learnt);
  const row = new Float64Array(learnt.means.length + 1);
  return (source: Float64Array, target: Float32Array | Float64Array): void => {
    row.set(whiten(source));
    ontoSphereInPlace(row);
    target.set(row);
  };
}
