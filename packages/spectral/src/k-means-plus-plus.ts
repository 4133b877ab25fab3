import type { RandomSource } from '@crossmodal/core';
import { squaredDistance } from './squared-distance.js';

/**
 * Greedy k-means++ seeding: the first centre is a uniform draw; each further one is the best of 2 + ⌊ln k⌋ points drawn with
 * probability proportional to their squared distance from the nearest centre so far.
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
  let nearest = new Float64Array(n).fill(Infinity);
  const place = (c: number, point: number): void =>
    centroids.set(points.subarray(point * d, point * d + d), c * d);
  const first = random.integer(n);
  place(0, first);
  let potential = approach(points, n, d, first, nearest, nearest);
  let candidate = new Float64Array(n);
  let best = new Float64Array(n);
  for (let c = 1; c < clusters; c++) {
    let bestPoint = -1;
    let bestPotential = Infinity;
    for (let t = 0; t < trials; t++) {
      const point = drawProportionally(nearest, potential, random);
      const sum = approach(points, n, d, point, nearest, candidate);
      // Less by more than rounding: two draws of one cluster's twin points must not be told apart by the order of a sum.
      if (sum < bestPotential * (1 - 1e-12) || bestPoint < 0) {
        bestPoint = point;
        bestPotential = sum;
        [best, candidate] = [candidate, best];
      }
    }
    place(c, bestPoint);
    potential = bestPotential;
    [nearest, best] = [best, nearest];
  }
  return centroids;
}

/** Squared distances to the nearest centre once `point` is one, into `target`; their sum. */
function approach(
  points: Float64Array,
  n: number,
  d: number,
  point: number,
  before: Float64Array,
  target: Float64Array,
): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const distance = squaredDistance(points, i, points, point, d);
    const kept = distance < before[i]! ? distance : before[i]!;
    target[i] = kept;
    sum += kept;
  }
  return sum;
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
