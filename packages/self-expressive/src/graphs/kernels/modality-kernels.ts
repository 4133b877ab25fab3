import { decay } from '../../kernels/decay.js';
import { medianOfPairs } from '../../kernels/median-squared-distance.js';
import { completeKernel } from '../completion/complete-kernel.js';
import type { CompletedFeatures } from '../completion/completed-features.js';
import { packedGram } from './packed-gram.js';
import { packedDiagonal, packedLength, type PackedHalf } from './packed-half.js';
import { presentRows } from '../completion/present-rows.js';

/** Gram matrices of one modality. */
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
 * Gram matrices of the completed features of one modality. An absent sample is the mean of its stand-ins in the space of each kernel, and
 * the median is over pairs of present samples.
 */
export function modalityKernels(modality: CompletedFeatures, options: KernelOptions): ModalityKernels {
  const { widths } = options;
  const n = modality.features.rows;
  const { completion } = modality;
  // Absent rows hold the means of their stand-ins, so their products are right already.
  const linear = packedGram(modality.features);
  if (widths.length === 0) return { linear, gaussian: new Map(), median: 0 };
  const rows = presentRows(modality);
  const distances = distancesOf(linear, rows, n);
  const median = medianOfPairs(distances);
  const gaussian = new Map<number, PackedHalf>();
  for (const width of widths) {
    const lifted = lift(distances, rows, n, median > 0 ? 1 / (width * median) : 0);
    if (completion !== undefined) completeKernel(lifted, n, completion, rows);
    gaussian.set(width, lifted);
  }
  return { linear, gaussian, median };
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
