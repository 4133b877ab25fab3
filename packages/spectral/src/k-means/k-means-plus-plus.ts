import type { RandomSource } from '@crossmodal/core';
import { squaredDistance } from '@crossmodal/linalg';

/** Distances must beat each other by more than the rounding of their sums before a point is passed over. */
const SLACK = 1 + 1e-10;

/**
 * Greedy k-means++ seeding: the first centre is a uniform draw; each further one is the best of 2 + ⌊ln k⌋ points drawn with
 * probability proportional to their squared distance from the nearest centre so far.
 *
 * A candidate at least twice as far from a point's centre as the point itself is no nearer to it, by the triangle inequality, and their
 * distance is not measured.
 *
 * @returns the centres, row-major `[clusters, d]`
 * @see Arthur and Vassilvitskii, k-means++: the advantages of careful seeding, 2007
 */
export function kMeansPlusPlus(
  points: Float64Array,
  n: number,
  d: number,
  clusters: number,
  random: RandomSource,
): Float64Array {
  const centroids = new Float64Array(clusters * d);
  const trials = 2 + Math.floor(Math.log(clusters));
  const candidates = new Float64Array(trials * d);
  const copy = (point: number, target: Float64Array, row: number): void =>
    target.set(points.subarray(point * d, point * d + d), row * d);
  copy(random.integer(n), centroids, 0);
  const nearest = new Float64Array(n);
  const owner = new Int32Array(n);
  let potential = 0;
  for (let i = 0; i < n; i++) potential += nearest[i] = squaredDistance(points, i, centroids, 0, d);
  const measured = new Float64Array(trials * n);
  const sums = new Float64Array(trials);
  const reach = new Float64Array(trials * clusters);
  for (let c = 1; c < clusters; c++) {
    for (let t = 0; t < trials; t++) {
      copy(drawProportionally(nearest, potential, random), candidates, t);
      for (let b = 0; b < c; b++)
        reach[b * trials + t] = squaredDistance(candidates, t, centroids, b, d) / (4 * SLACK);
    }
    sums.fill(0);
    for (let i = 0; i < n; i++) {
      const kept = nearest[i]!;
      for (let t = 0; t < trials; t++) {
        let distance = kept;
        if (kept >= reach[owner[i]! * trials + t]!)
          distance = Math.min(kept, squaredDistance(points, i, candidates, t, d));
        measured[i * trials + t] = distance;
        sums[t]! += distance;
      }
    }
    let best = 0;
    for (let t = 1; t < trials; t++) {
      // Less by more than rounding: two draws of one cluster's twin points must not be told apart by the order of a sum.
      if (sums[t]! < sums[best]! * (1 - 1e-12)) best = t;
    }
    centroids.set(candidates.subarray(best * d, best * d + d), c * d);
    potential = sums[best]!;
    for (let i = 0; i < n; i++) {
      const distance = measured[i * trials + best]!;
      if (distance < nearest[i]!) {
        nearest[i] = distance;
        owner[i] = c;
      }
    }
  }
  return centroids;
}

function drawProportionally(weights: Float64Array, total: number, random: RandomSource): number {
  let rest = random.uniform() * total;
  for (let i = 0; i < weights.length; i++) {
    rest -= weights[i]!;
    if (rest < 0) return i;
  }
  // All weights are 0 (fewer distinct points than centres), or rounding left a crumb: any point does.
  return weights.length - 1;
}
