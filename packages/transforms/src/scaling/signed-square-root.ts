import type { DenseMatrix } from '@crossmodal/core';
import {
  checkSizes,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { mapRows } from '../fitted/map-rows.js';
import { rootInPlace } from './row-steps.js';
import { numberState } from '../fitted/state.js';

/** Replaces each value of `[n, d]` by `sign(x) sqrt(|x|)`, which evens out counts and histograms. */
export function signedSquareRoot(
  features: DenseMatrix,
  options: FitTransformOptions = {},
): DenseMatrix<Float32Array> {
  return mapRows(
    'signedSquareRoot',
    features,
    features.columns,
    (row, target) => {
      rootInPlace(row);
      target.set(row);
    },
    options.present,
  );
}

/** {@link signedSquareRoot} as a {@link FittedTransform}, for pipelines that are saved; it learns the dimension only. */
export function fitSignedSquareRoot(features: DenseMatrix): FittedTransform {
  return restoreSignedSquareRoot({ columns: features.columns });
}

/** Rebuilds the transform of {@link fitSignedSquareRoot} from its state. */
export function restoreSignedSquareRoot(state: TransformState): FittedTransform {
  const columns = numberState('root', state, 'columns');
  return {
    name: 'root',
    state: { columns },
    keepsLayout: true,
    apply(features, present) {
      checkSizes('signedSquareRoot', features, columns, present);
      return signedSquareRoot(features, { present });
    },
  };
}
