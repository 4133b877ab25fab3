import { readValues, tf, toTensor } from '@crossmodal/tensors';
import { gaussianLift } from '../gaussian-lift.js';
import { gramMatrix } from '../gram-matrix.js';
import { medianSquaredDistance } from '../median-squared-distance.js';
import type { KernelFeatures } from './kernel-features.js';

/** Gram matrices of one modality, row-major `[n, n]`, zero in rows and columns of absent samples. */
export interface ModalityKernels {
  /** `G_v`. */
  readonly linear: Float32Array;
  /** `K_v` by width. */
  readonly gaussian: ReadonlyMap<number, Float32Array>;
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
  const linear = readValues(() => gramMatrix(toTensor(modality.features)));
  if (widths.length === 0) return { linear, gaussian: new Map(), median: 0 };
  const rows = presentRows(modality);
  const m = rows.length;
  const gathered = m === n ? linear : gather(linear, rows, n);
  const gram = tf.tensor2d(gathered, [m, m]);
  try {
    const median = medianSquaredDistance(gram);
    const gaussian = new Map<number, Float32Array>();
    for (const width of widths) {
      const lifted = readValues(() => gaussianLift(gram, { width, median }));
      gaussian.set(width, m === n ? lifted : scatter(lifted, rows, n));
    }
    return { linear, gaussian, median };
  } finally {
    gram.dispose();
  }
}

/** Indices of the samples that are present. */
function presentRows({ features, present }: KernelFeatures): Int32Array {
  const all = Int32Array.from({ length: features.rows }, (_, i) => i);
  return present === undefined ? all : all.filter((i) => present[i] !== 0);
}

function gather(values: Float32Array, rows: Int32Array, n: number): Float32Array {
  const m = rows.length;
  const block = new Float32Array(m * m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) block[i * m + j] = values[rows[i]! * n + rows[j]!]!;
  }
  return block;
}

function scatter(block: Float32Array, rows: Int32Array, n: number): Float32Array {
  const m = rows.length;
  const values = new Float32Array(n * n);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) values[rows[i]! * n + rows[j]!] = block[i * m + j]!;
  }
  return values;
}
