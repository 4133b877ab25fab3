import { throwIfAborted } from '@crossmodal/core';
import { squaredDistance } from '@crossmodal/linalg';

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
 * Lloyd's iterations from given centres, with Elkan's bounds: a centre is not measured where a point's distance to its own centre is
 * below half the distance of the two centres, or below a lower bound of its distance to the other one.
 *
 * @param shiftLimit - stop when the squared movements of the centres sum up to at most this
 * @see Elkan, Using the triangle inequality to accelerate k-means, ICML 2003
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
  const summed = new Int32Array(n).fill(-1);
  const sums = new Float64Array(clusters * d);
  const upper = new Float64Array(n).fill(Infinity);
  const lower = new Float64Array(n * clusters);
  let iterations = 0;
  while (iterations < maxIterations) {
    throwIfAborted(signal, 'kMeans');
    iterations++;
    const changed = reassign(points, n, d, centroids, clusters, labels, upper, lower);
    const counts = countsOf(labels, clusters);
    if (fillEmpty(points, n, d, centroids, labels, counts)) {
      upper.fill(Infinity);
      lower.fill(0);
    } else if (!changed) break;
    moveSums(points, n, d, labels, summed, sums);
    const moved = means(sums, d, counts, centroids);
    const shift = loosen(centroids, moved, d, clusters, labels, upper, lower);
    centroids = moved;
    if (shift <= shiftLimit) break;
  }
  // What points leave behind in a sum is rounding, of their size: the last means are taken afresh.
  sums.fill(0);
  summed.fill(-1);
  moveSums(points, n, d, labels, summed, sums);
  const last = means(sums, d, countsOf(labels, clusters), centroids);
  loosen(centroids, last, d, clusters, labels, upper, lower);
  reassign(points, n, d, last, clusters, labels, upper, lower);
  let inertia = 0;
  for (let i = 0; i < n; i++) inertia += squaredDistance(points, i, last, labels[i]!, d);
  return { labels, centroids: last, inertia, iterations };
}

function countsOf(labels: Int32Array, clusters: number): Float64Array {
  const counts = new Float64Array(clusters);
  for (const label of labels) counts[label]!++;
  return counts;
}

/** Puts each point to its nearest centre, of equally near ones the first, as far as bounds leave it open; whether a label changed. */
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
  const half = new Float64Array(clusters * clusters);
  const halfGap = new Float64Array(clusters).fill(Infinity);
  for (let a = 0; a < clusters; a++) {
    for (let b = 0; b < a; b++) {
      const gap = Math.sqrt(squaredDistance(centroids, a, centroids, b, d)) / 2;
      half[a * clusters + b] = gap;
      half[b * clusters + a] = gap;
      halfGap[a] = Math.min(halfGap[a]!, gap);
      halfGap[b] = Math.min(halfGap[b]!, gap);
    }
  }
  let changed = false;
  for (let i = 0; i < n; i++) {
    const before = labels[i]!;
    if (before >= 0 && upper[i]! * SLACK < halfGap[before]!) continue;
    const bounds = i * clusters;
    let own = before;
    let distance = before < 0 ? Infinity : upper[i]!;
    // Known once it is measured; roots can be equal where squares are not.
    let squared = before < 0 ? Infinity : -1;
    for (let c = 0; c < clusters; c++) {
      if (c === own) continue;
      const bound = own < 0 ? 0 : Math.max(lower[bounds + c]!, half[own * clusters + c]!);
      if (distance * SLACK < bound) continue;
      if (squared < 0) {
        squared = squaredDistance(points, i, centroids, own, d);
        distance = Math.sqrt(squared);
        lower[bounds + own] = distance;
        if (distance * SLACK < bound) continue;
      }
      const other = squaredDistance(points, i, centroids, c, d);
      lower[bounds + c] = Math.sqrt(other);
      // Of equally near centres the first.
      // Beyond float64 all are infinitely far, and the first has to do.
      if (own < 0 || other < squared || (other === squared && c < own)) {
        own = c;
        squared = other;
        distance = lower[bounds + c]!;
      }
    }
    upper[i] = distance;
    if (own !== before) {
      labels[i] = own;
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

/** Brings the sum of each cluster up to date with the labels: only points that changed theirs since they were `summed` are touched. */
function moveSums(
  points: Float64Array,
  n: number,
  d: number,
  labels: Int32Array,
  summed: Int32Array,
  sums: Float64Array,
): void {
  for (let i = 0; i < n; i++) {
    const from = summed[i]! * d;
    const to = labels[i]! * d;
    if (from === to) continue;
    const p = i * d;
    if (from >= 0) for (let k = 0; k < d; k++) sums[from + k]! -= points[p + k]!;
    for (let k = 0; k < d; k++) sums[to + k]! += points[p + k]!;
    summed[i] = labels[i]!;
  }
}

/** The mean of each cluster; an empty one keeps its centre. */
function means(sums: Float64Array, d: number, counts: Float64Array, before: Float64Array): Float64Array {
  const centres = new Float64Array(before.length);
  for (let c = 0; c < counts.length; c++) {
    for (let k = c * d; k < (c + 1) * d; k++)
      centres[k] = counts[c] === 0 ? before[k]! : sums[k]! / counts[c]!;
  }
  return centres;
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
  let total = 0;
  for (let c = 0; c < clusters; c++) {
    const squared = squaredDistance(before, c, after, c, d);
    shifts[c] = Math.sqrt(squared);
    total += squared;
  }
  for (let i = 0; i < labels.length; i++) {
    upper[i]! += shifts[labels[i]!]!;
    for (let c = 0, p = i * clusters; c < clusters; c++, p++) lower[p]! -= shifts[c]!;
  }
  return total;
}
