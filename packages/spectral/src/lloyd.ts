import { throwIfAborted } from '@crossmodal/core';
import { assign } from './assign.js';
import { squaredDistance } from './squared-distance.js';

/** What {@link lloyd} leaves. */
export interface LloydResult {
  /** Nearest centroid of each point, `[n]`. */
  readonly labels: Int32Array;
  /** Row-major `[clusters, d]`. */
  readonly centroids: Float64Array;
  /** Sum of squared distances to the nearest centroids. */
  readonly inertia: number;
  /** Iterations taken. */
  readonly iterations: number;
}

/** Bounds must beat each other by more than the rounding of the additions that made them. */
const SLACK = 1 + 1e-10;

/**
 * Lloyd's iterations from given centres, with Hamerly's bounds: a point whose distance to its own centre is below half the
 * distance of that centre to the next one, or below a lower bound of its distance to all others, keeps its label unseen.
 *
 * @param shiftLimit - stop when the squared movements of the centres sum up to at most this
 * @see Hamerly, Making k-means even faster, 2010
 */
export function lloyd(
  points: Float64Array,
  n: number,
  d: number,
  start: Float64Array,
  clusters: number,
  maxIterations: number,
  shiftLimit: number,
  signal: AbortSignal | undefined,
): LloydResult {
  let centroids = start;
  const labels = new Int32Array(n).fill(-1);
  const upper = new Float64Array(n).fill(Infinity);
  const lower = new Float64Array(n);
  let iterations = 0;
  while (iterations < maxIterations) {
    throwIfAborted(signal, 'kMeans');
    iterations++;
    const changed = reassign(points, n, d, centroids, clusters, labels, upper, lower);
    const counts = new Float64Array(clusters);
    for (let i = 0; i < n; i++) counts[labels[i]!]!++;
    if (fillEmpty(points, n, d, centroids, labels, counts)) {
      upper.fill(Infinity);
      lower.fill(0);
    } else if (!changed) break;
    const moved = means(points, n, d, labels, counts, centroids);
    const shift = loosen(centroids, moved, d, clusters, labels, upper, lower);
    centroids = moved;
    if (shift <= shiftLimit) break;
  }
  const inertia = assign(points, n, d, centroids, clusters, labels);
  return { labels, centroids, inertia, iterations };
}

function reassign(
  points: Float64Array,
  n: number,
  d: number,
  centroids: Float64Array,
  clusters: number,
  labels: Int32Array,
  upper: Float64Array,
  lower: Float64Array,
): boolean {
  const halfGap = new Float64Array(clusters).fill(Infinity);
  for (let a = 0; a < clusters; a++) {
    for (let b = 0; b < clusters; b++) {
      if (a !== b)
        halfGap[a] = Math.min(halfGap[a]!, Math.sqrt(squaredDistance(centroids, a, centroids, b, d)) / 2);
    }
  }
  let changed = false;
  for (let i = 0; i < n; i++) {
    const own = labels[i]!;
    if (own >= 0) {
      const safe = Math.max(halfGap[own]!, lower[i]!);
      if (upper[i]! * SLACK < safe) continue;
      upper[i] = Math.sqrt(squaredDistance(points, i, centroids, own, d));
      if (upper[i]! * SLACK < safe) continue;
    }
    let first = Infinity;
    let second = Infinity;
    let nearest = 0;
    for (let c = 0; c < clusters; c++) {
      const distance = squaredDistance(points, i, centroids, c, d);
      if (distance < first) {
        second = first;
        first = distance;
        nearest = c;
      } else if (distance < second) second = distance;
    }
    upper[i] = Math.sqrt(first);
    lower[i] = Math.sqrt(second);
    if (nearest !== own) {
      labels[i] = nearest;
      changed = true;
    }
  }
  return changed;
}

/** Gives each empty cluster the point that is farthest from its centre, unless all points sit on theirs; whether it did. */
function fillEmpty(
  points: Float64Array,
  n: number,
  d: number,
  centroids: Float64Array,
  labels: Int32Array,
  counts: Float64Array,
): boolean {
  if (!counts.includes(0)) return false;
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) distances[i] = squaredDistance(points, i, centroids, labels[i]!, d);
  let filled = false;
  for (let empty = counts.indexOf(0); empty >= 0; empty = counts.indexOf(0, empty + 1)) {
    let farthest = -1;
    for (let i = 0; i < n; i++) {
      if (distances[i]! > (farthest < 0 ? 0 : distances[farthest]!) && counts[labels[i]!]! > 1) farthest = i;
    }
    if (farthest < 0) break;
    counts[labels[farthest]!]!--;
    counts[empty] = 1;
    labels[farthest] = empty;
    distances[farthest] = 0;
    filled = true;
  }
  return filled;
}

/** The mean of each cluster; an empty one keeps its centre. */
function means(
  points: Float64Array,
  n: number,
  d: number,
  labels: Int32Array,
  counts: Float64Array,
  before: Float64Array,
): Float64Array {
  const sums = new Float64Array(before.length);
  for (let i = 0; i < n; i++) {
    const p = i * d;
    const q = labels[i]! * d;
    for (let k = 0; k < d; k++) sums[q + k]! += points[p + k]!;
  }
  for (let c = 0; c < counts.length; c++) {
    for (let k = c * d; k < (c + 1) * d; k++) sums[k] = counts[c] === 0 ? before[k]! : sums[k]! / counts[c]!;
  }
  return sums;
}

/** Widens the bounds by how far the centres moved; the sum of squared movements. */
function loosen(
  before: Float64Array,
  after: Float64Array,
  d: number,
  clusters: number,
  labels: Int32Array,
  upper: Float64Array,
  lower: Float64Array,
): number {
  const shifts = new Float64Array(clusters);
  let largest = 0;
  let total = 0;
  for (let c = 0; c < shifts.length; c++) {
    const squared = squaredDistance(before, c, after, c, d);
    shifts[c] = Math.sqrt(squared);
    largest = Math.max(largest, shifts[c]!);
    total += squared;
  }
  for (let i = 0; i < labels.length; i++) {
    upper[i]! += shifts[labels[i]!]!;
    lower[i]! -= largest;
  }
  return total;
}
