import { denseMatrix, evenlySpaced, gatherRows, type DenseMatrix, type FloatArray } from '@crossmodal/core';
import { symmetricEigen } from '@crossmodal/linalg';
import {
  checkSizes,
  presentRows,
  type FittedTransform,
  type FitTransformOptions,
  type TransformState,
} from '../fitted/fitted-transform.js';
import { mapRows } from '../fitted/map-rows.js';
import { arrayState } from '../fitted/state.js';
import { fitStandard } from '../scaling/standardise.js';
import { nearestRows } from './nearest-rows.js';

/** Neighbours of a row whose differences count. Of 5, 10, 20 and 30 the best on iris, and a tie elsewhere (docs/methods/exact.md). */
const NEIGHBOURS = 20;
/** No more neighbours than this part of the rows: with more, differences between clusters count as well. */
const SHARE = 1 / 8;
/** The second round finds neighbours by what the first has learnt; a third hardly changes them. */
const ROUNDS = 2;
/** Part of the mean variance added to each: what varies less among neighbours than a tenth of the others is not blown up further. */
const RIDGE = 0.01;
/** All pairs of so many rows are compared; more do not change a covariance of a few columns. */
const SAMPLE = 2000;

/**
 * Fits a linear map after which neighbours differ alike in all directions: with standardised rows `z` and the covariance `C` of the differences
 * `z_i - z_j` of rows that are among each other's 20 nearest (at most n / 8), `z <- z U (diag(w) + e I)^(-1/2)` for `C = U diag(w) U^T`; twice,
 * and then one factor that makes the mean square of all values 1. `e` is 0.01 of the mean of `w`, and more where pairs are fewer than 100 per column.
 *
 * Standardising makes features alike in how far all rows differ, so that one that tells clusters apart counts no more than one of noise.
 * Here what differs among all rows but not among neighbours, as between clusters, becomes large: whitening within clusters, without
 * knowing them. It depends neither on the units of the features nor, up to the ridge, on shears.
 *
 * @param features - shape `[n, d]`, for few features: `[d, d]` are learnt from pairs of 2,000 rows at most, evenly spaced
 * @returns a transform `[m, d] -> [m, d]`; rows that are all equal give zeros
 * @throws CrossmodalError `shape` when no row is present; `value` when a value is not finite.
 * @see Bar-Hillel et al., Learning distance functions using equivalence relations, 2003, whose pairs are known to be alike; here they are near
 * @example
 * ```ts
 * const rows = [[0, 0], [1, 0.1], [2, 0], [0, 5], [1, 5.1], [2, 5]];
 * const near = fitNeighbourWhitening(fromRows(rows)).apply(fromRows(rows));
 * console.log(near.columns); // 2
 * ```
 */
export function fitNeighbourWhitening(
  features: DenseMatrix,
  options: FitTransformOptions = {},
): FittedTransform {
  const rows = presentRows('fitNeighbourWhitening', features, options.present);
  const d = features.columns;
  const { state } = fitStandard(features, options);
  const means = arrayState('neighbour-whitening', state, 'means');
  const deviations = arrayState('neighbour-whitening', state, 'deviations');
  const sample = gatherRows(
    features,
    evenlySpaced(rows.length, SAMPLE).map((place) => rows[place]!),
  );
  const standard = Float64Array.from(sample.values, (x, p) => (x - means[p % d]!) / deviations[p % d]!);
  let directions = Float64Array.from({ length: d * d }, (_, p) => (p % (d + 1) === 0 ? 1 : 0));
  let points = standard;
  for (let round = 0; round < ROUNDS; round++) {
    directions = product(directions, whiteningOf(points, d), d);
    points = product(standard, directions, d);
  }
  const squares = points.reduce((sum, x) => sum + x * x, 0);
  const factor = squares > 0 ? Math.sqrt(points.length / squares) : 1;
  for (let p = 0; p < directions.length; p++) directions[p]! *= factor;
  return restoreNeighbourWhitening({ means, deviations, directions });
}

/** Rebuilds the transform of {@link fitNeighbourWhitening} from its state. */
export function restoreNeighbourWhitening(state: TransformState): FittedTransform {
  const learnt = whiteningState('neighbour-whitening', state);
  const d = learnt.means.length;
  const whiten = whitenBy(learnt);
  return {
    name: 'neighbour-whitening',
    state: { ...learnt },
    keepsLayout: false,
    apply(features, present) {
      checkSizes('neighbour-whitening', features, d, present);
      return mapRows('neighbour-whitening', features, d, (row, target) => target.set(whiten(row)), present);
    },
  };
}

/** What {@link fitNeighbourWhitening} learns. */
export interface NeighbourWhiteningState {
  /** Means and deviations of the features, `[d]`. */
  readonly means: FloatArray;
  readonly deviations: FloatArray;
  /** Of standardised rows, `[d, d]`. */
  readonly directions: FloatArray;
}

/** Reads what was learnt out of a saved state. */
export function whiteningState(name: string, state: TransformState): NeighbourWhiteningState {
  const means = arrayState(name, state, 'means');
  const d = means.length;
  const deviations = arrayState(name, state, 'deviations', d);
  return { means, deviations, directions: arrayState(name, state, 'directions', d * d) };
}

/** Standardises a row and maps it. */
export function whitenBy({ means, deviations, directions }: NeighbourWhiteningState) {
  return (row: Float64Array): Float64Array =>
    product(
      row.map((x, j) => (x - means[j]!) / deviations[j]!),
      directions,
      means.length,
    );
}

/** `U (diag(w) + e I)^(-1/2)` of the differences of mutual neighbours, `[d, d]`. */
function whiteningOf(points: Float64Array, d: number): Float64Array {
  const { covariance, pairs } = differencesOfNeighbours(points, d);
  let mean = 0;
  for (let j = 0; j < d; j++) mean += covariance[j * (d + 1)]! / d;
  // Without differences every direction is as good as any other.
  const ridge = mean > 0 ? (RIDGE + d / pairs) * mean : 1;
  const { values, vectors } = symmetricEigen(denseMatrix(covariance, d, d));
  return Float64Array.from(vectors.values, (u, p) => u / Math.sqrt(Math.max(values[p % d]!, 0) + ridge));
}

function differencesOfNeighbours(points: Float64Array, d: number) {
  const n = points.length / d;
  const count = Math.min(NEIGHBOURS, Math.ceil(n * SHARE), n - 1);
  const covariance = new Float64Array(d * d);
  let pairs = 0;
  if (count === 0) return { covariance, pairs };
  const nearest = nearestRows(points, d, count);
  const difference = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (const j of nearest.subarray(i * count, (i + 1) * count)) {
      // Only mutual neighbours: the nearest rows of one far from all others are not near.
      if (j < i || !nearest.subarray(j * count, (j + 1) * count).includes(i)) continue;
      pairs++;
      for (let a = 0; a < d; a++) difference[a] = points[i * d + a]! - points[j * d + a]!;
      for (let a = 0; a < d; a++)
        for (let b = 0; b < d; b++) covariance[a * d + b]! += difference[a]! * difference[b]!;
    }
  }
  for (let p = 0; p < covariance.length; p++) covariance[p]! /= Math.max(pairs, 1);
  return { covariance, pairs };
}

/** `X M` for rows `[n, d]` and a matrix `[d, d]`. */
function product(rows: Float64Array, matrix: ArrayLike<number>, d: number): Float64Array<ArrayBuffer> {
  const result = new Float64Array(rows.length);
  for (let start = 0; start < rows.length; start += d)
    for (let a = 0; a < d; a++) {
      const x = rows[start + a]!;
      for (let b = 0; b < d; b++) result[start + b]! += x * matrix[a * d + b]!;
    }
  return result;
}
