import { evenlySpaced, type RandomSource } from '@crossmodal/core';
import { kMeansPlusPlus } from './k-means-plus-plus.js';
import { lloyd, type LloydResult } from './lloyd.js';

/** What each start of k-means needs. */
export interface StartOptions {
  /** Row-major `[n, d]`. */
  readonly points: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly clusters: number;
  readonly restarts: number;
  readonly maxIterations: number;
  /** A start ends when the squared movements of its centroids sum up to at most this. */
  readonly shiftLimit: number;
  readonly random: RandomSource;
  readonly signal: AbortSignal | undefined;
}

/** Starts on a sample that go on with all rows. */
const FINALISTS = 3;

/** Starts that end in one partition differ by rounding alone; the first of them wins. */
const better = (one: LloydResult, other: LloydResult): boolean => one.inertia < other.inertia * (1 - 1e-10);

/** The start of lowest inertia. */
export function bestStart(options: StartOptions): LloydResult {
  return startsByInertia(options, 1)[0]!;
}

/** {@link bestStart} where starts are tried on evenly spaced rows, and the three best go on with all of them. */
export function bestSampledStart(options: StartOptions, sampleSize: number): LloydResult {
  const { points, n, d, clusters, maxIterations, shiftLimit, signal } = options;
  const rows = evenlySpaced(n, Math.max(sampleSize, clusters));
  const sample = new Float64Array(rows.length * d);
  rows.forEach((row, r) => sample.set(points.subarray(row * d, row * d + d), r * d));
  return startsByInertia({ ...options, points: sample, n: rows.length }, FINALISTS)
    .map(({ centroids }) => lloyd(points, n, d, centroids, clusters, maxIterations, shiftLimit, signal))
    .reduce((best, found) => (better(found, best) ? found : best));
}

/** The starts of lowest inertia, different ones, best first. */
function startsByInertia(options: StartOptions, most: number): LloydResult[] {
  const { points, n, d, clusters, restarts, maxIterations, shiftLimit, random, signal } = options;
  const kept: LloydResult[] = [];
  for (let start = 0; start < restarts; start++) {
    const seeds = kMeansPlusPlus(points, n, d, clusters, random.fork(`k-means start ${start}`));
    const found = lloyd(points, n, d, seeds, clusters, maxIterations, shiftLimit, signal);
    const place = kept.findIndex((other) => !better(other, found));
    if (place < 0) kept.push(found);
    else if (better(found, kept[place]!)) kept.splice(place, 0, found);
    kept.splice(most);
  }
  return kept;
}
