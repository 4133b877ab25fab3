import { decay } from '../decay.js';
import { medianOfPairs } from '../median-squared-distance.js';
import type { KernelFeatures } from './kernel-features.js';
import { packedGram } from './packed-gram.js';
import { packedDiagonal, packedLength, type PackedHalf } from './packed-half.js';

/** Gram matrices of one modality, zero in rows and columns of absent samples. */
export interface ModalityKernels {
  /** `G_v`. */
  readonly linear: PackedHalf;
  /** `K_v` by width. */
  readonly gaussian: ReadonlyMap<number, PackedHalf>;
  /** Median squared distance over pairs of present samples; 0 when no width is asked for. */
  readonly median: number;
}

/** Which kernels are needed beside the linear one. */
export interface KernelOptions {
  /** Widths of the Gaussian lift, in median squared distances. */
  readonly widths: readonly number[];
}

/**
 * Gram matrices of the prepared features of one modality. An absent sample contributes nothing: its rows and columns are zero, and the
 * median is over pairs of present samples.
 */
export function modalityKernels(modality: KernelFeatures, options: KernelOptions): ModalityKernels {
  const { widths } = options;
  const n = modality.features.rows;
  // Absent rows hold zeros, so their products are zero already.
  const linear = packedGram(modality.features);
  if (widths.length === 0) return { linear, gaussian: new Map(), median: 0 };
  const rows = presentRows(modality);
  const distances = distancesOf(linear, rows, n);
  const median = medianOfPairs(distances);
  const gaussian = new Map<number, PackedHalf>();
  for (const width of widths)
    gaussian.set(width, lift(distances, rows, n, median > 0 ? 1 / (width * median) : 0));
  return { linear, gaussian, median };
}

/** Indices of the samples that are present. */
function presentRows({ features, present }: KernelFeatures): Int32Array {
  const all = Int32Array.from({ length: features.rows }, (_, i) => i);
  return present === undefined ? all : all.filter((i) => present[i] !== 0);
}

/** `max(G_ii + G_jj - 2 G_ij, 0)` for all pairs `i < j` of the given rows, one after the other. */
function distancesOf(gram: PackedHalf, rows: Int32Array, n: number): Float32Array {
  const m = rows.length;
  const squares = Float32Array.from(rows, (i) => gram[packedDiagonal(n, i)]!);
  const distances = new Float32Array((m * (m - 1)) / 2);
  let to = 0;
  for (let a = 0; a < m; a++) {
    const own = squares[a]!;
    const start = packedDiagonal(n, rows[a]!) - rows[a]!;
    for (let b = a + 1; b < m; b++)
      distances[to++] = Math.max(own + squares[b]! - 2 * gram[start + rows[b]!]!, 0);
  }
  return distances;
}

/** `exp(-rate D_ij)` for the pairs of the given rows, 1 on their diagonal, zero elsewhere. */
function lift(distances: Float32Array, rows: Int32Array, n: number, rate: number): PackedHalf {
  const m = rows.length;
  const lifted = new Float32Array(packedLength(n));
  let from = 0;
  for (let a = 0; a < m; a++) {
    const diagonal = packedDiagonal(n, rows[a]!);
    const start = diagonal - rows[a]!;
    lifted[diagonal] = 1;
    for (let b = a + 1; b < m; b++) lifted[start + rows[b]!] = decay(rate * distances[from++]!);
  }
  return lifted;
}
