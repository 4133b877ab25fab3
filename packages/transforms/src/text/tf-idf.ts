import type { DenseMatrix } from '@crossmodal/core';
import {
  checkSizes,
  presentRows,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { mapRows } from '../fitted/map-rows.js';
import { arrayState, learnt } from '../fitted/state.js';

/**
 * Fits inverse document frequencies to term counts: `x_ij * (ln((1 + n) / (1 + n_j)) + 1)`, `n_j` the rows in which
 * term j is not zero. Rows are not normalised; see {@link unitRows}.
 *
 * @param features - counts, shape `[n, d]`
 * @throws CrossmodalError `shape` when no row is present.
 */
export function fitTfIdf(features: DenseMatrix, options: FitTransformOptions = {}): FittedTransform {
  const rows = presentRows('fitTfIdf', features, options.present);
  const d = features.columns;
  const found = new Float64Array(d);
  for (const i of rows) {
    for (let j = 0; j < d; j++) if (features.values[i * d + j] !== 0) found[j] = found[j]! + 1;
  }
  const weights = found.map((count) => Math.log((1 + rows.length) / (1 + count)) + 1);
  return restoreTfIdf({ weights: learnt(features, weights) });
}

/** Applies {@link fitTfIdf} to the rows it is fitted on. */
export function tfIdf(features: DenseMatrix, options: FitTransformOptions = {}): DenseMatrix<Float32Array> {
  return fitTfIdf(features, options).apply(features, options.present);
}

/** Rebuilds the transform of {@link fitTfIdf} from its state. */
export function restoreTfIdf(state: TransformState): FittedTransform {
  const weights = arrayState('tfidf', state, 'weights');
  return {
    name: 'tfidf',
    state: { weights },
    keepsLayout: true,
    apply(features, present) {
      checkSizes('tfIdf', features, weights.length, present);
      return mapRows(
        'tfIdf',
        features,
        weights.length,
        (row, target) => {
          for (let j = 0; j < row.length; j++) target[j] = row[j]! * weights[j]!;
        },
        present,
      );
    },
  };
}
