import type { DenseMatrix } from '@crossmodal/core';
import {
  checkSizes,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { mapRows } from '../fitted/map-rows.js';
import { unitInPlace } from './row-steps.js';
import { numberState } from '../fitted/state.js';

/** Divides each row of `[n, d]` by `max(its L2 norm, 1e-12)`; rows of zeros stay zero. */
export function unitRows(
  features: DenseMatrix,
  options: FitTransformOptions = {},
): DenseMatrix<Float32Array> {
  return mapRows(
    'unitRows',
    features,
    features.columns,
    (row, target) => {
      unitInPlace(row);
      target.set(row);
    },
    options.present,
  );
}

/**
 * {@link unitRows} as a {@link FittedTransform}, for pipelines that are saved; it learns the dimension only.
 *
 * @param features - shape `[n, d]`, also rows in blocks
 */
export function fitUnitRows(features: Pick<DenseMatrix, 'columns'>): FittedTransform {
  return restoreUnitRows({ columns: features.columns });
}

/** Rebuilds the transform of {@link fitUnitRows} from its state. */
export function restoreUnitRows(state: TransformState): FittedTransform {
  const columns = numberState('unit', state, 'columns');
  return {
    name: 'unit',
    state: { columns },
    keepsLayout: true,
    apply(features, present) {
      checkSizes('unitRows', features, columns, present);
      return unitRows(features, { present });
    },
  };
}
