import type { Completion } from './completed-features.js';
import { packedAt, packedPlace, type PackedHalf } from '../kernels/packed-half.js';

/**
 * Fills rows and columns of absent samples of a kernel in place: `K <- M K M^T`, where row `i` of M is the weights of the stand-ins of `i`,
 * or 1 at `i` where it is present. So `K` stays positive semidefinite, and an absent sample is the mean of its stand-ins in the space of the
 * kernel. A zero there would be a claim: that the sample is farther from all others than any two samples are from each other.
 *
 * @param kernel - of `n` samples, right where both are present
 * @param present - samples that are
 */
export function completeKernel(
  kernel: PackedHalf,
  n: number,
  { rows, weights }: Completion,
  present: Int32Array,
): void {
  const mean = columnMeans(kernel, n, present);
  const fill = (a: number, j: number) => {
    const [start, end] = [weights.rowOffsets[a]!, weights.rowOffsets[a + 1]!];
    if (start === end) return mean(j);
    let sum = 0;
    for (let p = start; p < end; p++)
      sum += weights.values[p]! * packedAt(kernel, n, weights.columnIndices[p]!, j);
    return sum;
  };
  rows.forEach((i, a) => {
    for (const j of present) kernel[packedPlace(n, i, j)] = fill(a, j);
  });
  // Columns of absent samples are filled by now where the row is present, which stand-ins are.
  rows.forEach((i, a) => {
    for (let b = a; b < rows.length; b++) kernel[packedPlace(n, i, rows[b]!)] = fill(a, rows[b]!);
  });
}

/** What fills the kernel of new samples with fitted ones. */
export interface CrossCompletion {
  /** Kernel of the fitted samples, completed. */
  readonly kernel: PackedHalf;
  /** Fitted samples that are present. */
  readonly present: Int32Array;
  /** Stand-ins of absent new samples. */
  readonly given?: Completion | undefined;
  /** Stand-ins of absent fitted samples. */
  readonly fitted?: Completion | undefined;
}

/**
 * Fills a kernel of new samples with fitted ones in place, as {@link completeKernel} does for fitted ones: `k <- N k M^T`, N the weights of
 * the new samples.
 *
 * @param cross - row-major, shape `[m, n]`, right where both are present
 */
export function completeCrossKernel(
  cross: Float32Array,
  n: number,
  { kernel, present, given, fitted }: CrossCompletion,
): void {
  const m = cross.length / n;
  const absent = new Set(given?.rows);
  for (let i = 0; i < m && fitted !== undefined; i++) {
    if (absent.has(i)) continue;
    const { rows, weights } = fitted;
    const row = cross.subarray(i * n, (i + 1) * n);
    let mean = 0;
    for (const l of present) mean += row[l]! / present.length;
    rows.forEach((j, a) => {
      const [start, end] = [weights.rowOffsets[a]!, weights.rowOffsets[a + 1]!];
      let sum = start === end ? mean : 0;
      for (let p = start; p < end; p++) sum += weights.values[p]! * row[weights.columnIndices[p]!]!;
      row[j] = sum;
    });
  }
  if (given === undefined) return;
  const mean = columnMeans(kernel, n, present);
  given.rows.forEach((i, a) => {
    const { rowOffsets, columnIndices, values } = given.weights;
    const [start, end] = [rowOffsets[a]!, rowOffsets[a + 1]!];
    for (let j = 0; j < n; j++) {
      let sum = start === end ? mean(j) : 0;
      for (let p = start; p < end; p++) sum += values[p]! * packedAt(kernel, n, columnIndices[p]!, j);
      cross[i * n + j] = sum;
    }
  });
}

/** Means of columns over the present rows, each found once, when it is first asked for; 0 when no row is present. */
function columnMeans(kernel: PackedHalf, n: number, present: Int32Array): (j: number) => number {
  const means = new Float64Array(n).fill(Number.NaN);
  return (j) => {
    if (Number.isNaN(means[j])) {
      let sum = 0;
      for (const i of present) sum += packedAt(kernel, n, i, j);
      means[j] = present.length === 0 ? 0 : sum / present.length;
    }
    return means[j]!;
  };
}
