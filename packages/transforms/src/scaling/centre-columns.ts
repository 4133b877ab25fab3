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
import { subtractInPlace } from './row-steps.js';
import { arrayState, learnt } from '../fitted/state.js';

/**
 * Fits the subtraction of the column means of `[n, d]`.
 *
 * @throws CrossmodalError `shape` when no row is present.
 */
export function fitCentre(features: DenseMatrix, options: FitTransformOptions = {}): FittedTransform {
  const rows = presentRows('fitCentre', features, options.present);
  return restoreCentre({ means: learnt(features, columnMeans(features, { rows })) });
}

/** Applies {@link fitCentre} to the rows it is fitted on: columns of mean 0. */
export function centreColumns(
  features: DenseMatrix,
  options: FitTransformOptions = {},
): DenseMatrix<Float32Array> {
  return fitCentre(features, options).apply(features, options.present);
}

/** Rebuilds the transform of {@link fitCentre} from its state. */
export function restoreCentre(state: TransformState): FittedTransform {
  const means = arrayState('centre', state, 'means');
  return {
    name: 'centre',
    state: { means },
    keepsLayout: true,
    apply(features, present) {
      checkSizes('centreColumns', features, means.length, present);
      return mapRows(
        'centreColumns',
        features,
        means.length,
        (row, target) => {
          subtractInPlace(row, means);
          target.set(row);
        },
        present,
      );
    },
  };
}
