import { CrossmodalError, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { checkFinite } from '@crossmodal/linalg';
import { distanceGap, relativeDistances } from './relative-distances.js';

/** Options of {@link matchByGeometry}. */
export interface GeometryMatchOptions {
  /** Draws the starts. */
  readonly random: RandomSource;
  /** Random starts of the search. @defaultValue 100 */
  readonly starts?: number;
  /** Weights of the points of each set, such as cluster sizes, which decide between matches that are equally good. @defaultValue none */
  readonly weights?: readonly [ArrayLike<number>, ArrayLike<number>];
}

/** A one-to-one match between two sets of points. */
export interface GeometryMatch {
  /** Point of the second set for each of the first, a permutation, length `k`. */
  readonly match: Int32Array;
  /** Mean squared difference of the distances, 0 or more. */
  readonly cost: number;
  /** Cost of the best other match the search came upon; `Infinity` when there was none. */
  readonly runnerUp: number;
}

/** Gains below it are rounding, distances being of size 1. */
const SMALLEST_GAIN = 1e-9;
/** Costs this close, relatively, are equal but for rounding. */
const EQUAL_COST = 1e-6;

/**
 * Matches two sets of k points in different spaces by their distances alone: the permutation p that makes
 * `sum_ij (D_ij - E_(p_i p_j))^2 / (k (k - 1))` small, D and E the distances of each set over their root mean square.
 *
 * The search is an ascent by exchanges of two from random starts. It is the quadratic assignment under Gromov and Wasserstein's distance
 * between point sets of equal weights: translations, rotations and the scale of either space do not matter.
 *
 * @param a - shape `[k, d]`
 * @param b - shape `[k, e]`
 * @throws CrossmodalError `shape` when the numbers of points differ, or those of weights from theirs; `option` when there is no start; `value` on
 * coordinates that are not finite.
 * @example
 * ```ts
 * import { fromRows, randomSource } from '@crossmodal/core';
 * const line = fromRows([[0], [1], [3]]);
 * const turned = fromRows([[0, 6], [0, 0], [0, 2]]);
 * matchByGeometry(line, turned, { random: randomSource(0) }).match; // 1, 2, 0
 * ```
 */
export function matchByGeometry(
  a: DenseMatrix,
  b: DenseMatrix,
  { random, starts = 100, weights }: GeometryMatchOptions,
): GeometryMatch {
  const k = a.rows;
  if (b.rows !== k) refuse('shape', `${k} points in both sets`, String(b.rows));
  if (!Number.isInteger(starts) || starts < 1) refuse('option', 'one start at least', String(starts));
  // Of a cost of NaN no match is the least.
  checkFinite("matchByGeometry points 'a'", a.values);
  checkFinite("matchByGeometry points 'b'", b.values);
  for (const own of weights ?? [])
    if (own.length !== k) refuse('shape', `${k} weights of each set`, String(own.length));
  const [first, second] = [relativeDistances(a), relativeDistances(b)];
  const found = new Map<string, { match: Int32Array; cost: number }>();
  for (let start = 0; start < starts; start++) {
    const match = ascend(first, second, random.permutation(k), k);
    found.set(match.join(), { match, cost: distanceGap(first, second, match, k) / Math.max(1, k * (k - 1)) });
  }
  const sorted = [...found.values()].sort((x, y) => x.cost - y.cost);
  const least = sorted[0]!.cost;
  const best = sorted
    .filter(({ cost }) => cost <= least + EQUAL_COST * Math.max(least, EQUAL_COST))
    .reduce((x, y) => (imbalance(y.match, weights) < imbalance(x.match, weights) ? y : x));
  const others = sorted.filter((candidate) => candidate !== best);
  return { match: best.match, cost: best.cost, runnerUp: others[0]?.cost ?? Infinity };
}

/** Exchanges the two whose exchange gains most, until none gains. */
function ascend(a: Float64Array, b: Float64Array, start: Int32Array, k: number): Int32Array {
  const match = start.slice();
  const gains = new Float64Array(k * k);
  for (let x = 0; x < k; x++)
    for (let y = x + 1; y < k; y++) gains[x * k + y] = exchangeGain(a, b, match, k, x, y);
  for (;;) {
    let [gain, i, j] = [SMALLEST_GAIN, -1, -1];
    for (let x = 0; x < k; x++)
      for (let y = x + 1; y < k; y++) {
        const here = gains[x * k + y]!;
        if (here > gain) [gain, i, j] = [here, x, y];
      }
    if (i < 0) return match;
    const [pi, pj] = [match[i]!, match[j]!];
    [match[i], match[j]] = [pj, pi];
    // Two terms of the gain of any other pair change, so a step takes k^2 instead of k^3.
    for (let x = 0; x < k; x++)
      for (let y = x + 1; y < k; y++) {
        if (x === i || x === j || y === i || y === j) {
          gains[x * k + y] = exchangeGain(a, b, match, k, x, y);
          continue;
        }
        const [px, py] = [match[x]! * k, match[y]! * k];
        const near = a[x * k + i]! - a[y * k + i]! - a[x * k + j]! + a[y * k + j]!;
        const far = b[py + pj]! - b[px + pj]! - b[py + pi]! + b[px + pi]!;
        gains[x * k + y]! += near * far;
      }
  }
}

/** How much `sum D_ij E_(p_i p_j) / 2` grows when x and y exchange their points. */
function exchangeGain(
  a: Float64Array,
  b: Float64Array,
  match: Int32Array,
  k: number,
  x: number,
  y: number,
): number {
  const [px, py] = [match[x]! * k, match[y]! * k];
  let gain = 0;
  for (let c = 0; c < k; c++) {
    if (c === x || c === y) continue;
    const p = match[c]!;
    gain += (a[x * k + c]! - a[y * k + c]!) * (b[py + p]! - b[px + p]!);
  }
  return gain;
}

function imbalance(match: Int32Array, weights: GeometryMatchOptions['weights']): number {
  if (weights === undefined) return 0;
  const shares = weights.map((own) => {
    const sum = Array.from(own).reduce((total, weight) => total + weight, 0);
    return Array.from(own, (weight) => weight / sum);
  });
  return match.reduce((sum, p, i) => sum + Math.abs(shares[0]![i]! - shares[1]![p]!), 0);
}

function refuse(code: 'shape' | 'option', expected: string, received: string): never {
  throw new CrossmodalError({ code, where: 'matchByGeometry', expected, received });
}
