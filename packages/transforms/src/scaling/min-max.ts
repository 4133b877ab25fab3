import { CrossmodalError, type DenseMatrix } from '@crossmodal/core';
import {
  checkSizes,
  presentRows,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { mapRows } from '../fitted/map-rows.js';
import { arrayState, inPrecision, precisionOf, type Precision } from '../fitted/state.js';

/** Options of {@link fitMinMax}. */
export interface MinMaxOptions extends FitTransformOptions {
  /** One range for the whole modality, which keeps the contrast of images, or one a column. @defaultValue 'modality' */
  readonly per?: 'modality' | 'column';
}

/**
 * Fits scaling to `[0, 1]`: `(x - minimum) / (maximum - minimum)`; a constant range gives zeros.
 *
 * New rows may fall outside `[0, 1]`; they are not clipped.
 *
 * @param features - shape `[n, d]`
 * @throws CrossmodalError `shape` when no row is present; `option` when `per` is neither.
 */
export function fitMinMax(features: DenseMatrix, options: MinMaxOptions = {}): FittedTransform {
  const range = rangeFinder('fitMinMax', features.columns, options);
  range.add(features, presentRows('fitMinMax', features, options.present));
  return range.finish(precisionOf(features));
}

/** Finds the range of rows that are added little by little. */
export interface RangeFinder {
  /** Widens the range to rows of a matrix `[m, d]`, by their numbers. */
  add(features: DenseMatrix, rows: Int32Array): void;
  /** The transform of the range of all rows that were added. */
  finish(precision: Precision): FittedTransform;
}

/**
 * Starts with an empty range of so many columns.
 *
 * @throws CrossmodalError `option` when `per` is neither.
 */
export function rangeFinder(where: string, d: number, { per = 'modality' }: MinMaxOptions): RangeFinder {
  if (per !== 'modality' && per !== 'column') {
    throw new CrossmodalError({
      code: 'option',
      where: `${where} option 'per'`,
      expected: "'modality' or 'column'",
      received: `'${String(per)}'`,
    });
  }
  const minima = new Float64Array(d).fill(Infinity);
  const maxima = new Float64Array(d).fill(-Infinity);
  return {
    add({ values }, rows) {
      for (const i of rows) {
        for (let j = 0; j < d; j++) {
          const x = values[i * d + j]!;
          if (x < minima[j]!) minima[j] = x;
          if (x > maxima[j]!) maxima[j] = x;
        }
      }
    },
    finish(precision) {
      if (per === 'modality') {
        minima.fill(minima.reduce((a, b) => Math.min(a, b), Infinity));
        maxima.fill(maxima.reduce((a, b) => Math.max(a, b), -Infinity));
      }
      const ranges = minima.map((minimum, j) => maxima[j]! - minimum);
      return restoreMinMax({
        minima: inPrecision(precision, minima),
        ranges: inPrecision(precision, ranges),
      });
    },
  };
}

/** Applies {@link fitMinMax} to the rows it is fitted on: values in `[0, 1]`. */
export function minMax(features: DenseMatrix, options: MinMaxOptions = {}): DenseMatrix<Float32Array> {
  return fitMinMax(features, options).apply(features, options.present);
}

/** Rebuilds the transform of {@link fitMinMax} from its state. */
export function restoreMinMax(state: TransformState): FittedTransform {
  const minima = arrayState('minmax', state, 'minima');
  const ranges = arrayState('minmax', state, 'ranges', minima.length);
  return {
    name: 'minmax',
    state: { minima, ranges },
    keepsLayout: true,
    apply(features, present) {
      checkSizes('minMax', features, minima.length, present);
      return mapRows(
        'minMax',
        features,
        minima.length,
        (row, target) => {
          for (let j = 0; j < row.length; j++) {
            // Divided, as the inverse of a range near the smallest number overflows.
            target[j] = ranges[j]! > 0 ? (row[j]! - minima[j]!) / ranges[j]! : 0;
          }
        },
        present,
      );
    },
  };
}
