import { readValues, tf, toTensor } from '@crossmodal/tensors';
import { completeCrossKernel } from '../completion/complete-kernel.js';
import type { CompletedFeatures } from '../completion/completed-features.js';
import type { KernelFeatures } from './kernel-features.js';
import type { ModalityKernels } from './modality-kernels.js';
import { presentRows } from '../completion/present-rows.js';
import { squaredLengths } from '../../kernels/squared-lengths.js';

/** Kernels of new samples with training samples, row-major `[m, n]`. */
export interface CrossKernel {
  readonly linear: Float32Array;
  /** By width. */
  readonly gaussian: ReadonlyMap<number, Float32Array>;
}

/** What {@link crossKernel} takes beside the features. */
export interface CrossKernelOptions {
  /** Kernels of the training rows, by every width that is needed. */
  readonly own: ModalityKernels;
  /** Median squared distance of the fit. */
  readonly median: number;
}

/** Kernels of the new rows of a modality with its training rows; absent ones are the means of their stand-ins on either side. */
export function crossKernel(
  fitted: CompletedFeatures,
  given: CompletedFeatures,
  { own, median }: CrossKernelOptions,
): CrossKernel {
  const { features } = given;
  const linear = readValues(() => tf.matMul(toTensor(features), toTensor(fitted.features), false, true));
  const n = fitted.features.rows;
  const gaussian = new Map<number, Float32Array>();
  for (const [width, kernel] of own.gaussian) {
    const lifted = lift(linear, fitted, given, median > 0 ? -1 / (width * median) : 0);
    if (fitted.completion !== undefined || given.completion !== undefined) {
      const present = presentRows(fitted);
      completeCrossKernel(lifted, n, { kernel, present, given: given.completion, fitted: fitted.completion });
    }
    gaussian.set(width, lifted);
  }
  return { linear, gaussian };
}

/** `exp(rate * squared distance)`, zero where either is absent. */
function lift(
  linear: Float32Array,
  fitted: KernelFeatures,
  given: KernelFeatures,
  rate: number,
): Float32Array {
  const [m, n] = [given.features.rows, fitted.features.rows];
  const newSquares = squaredLengths(given.features);
  const ownSquares = squaredLengths(fitted.features);
  const lifted = new Float32Array(m * n);
  for (let i = 0; i < m; i++) {
    if (given.present?.[i] === 0) continue;
    for (let j = 0; j < n; j++) {
      if (fitted.present?.[j] === 0) continue;
      const distance = Math.max(newSquares[i]! + ownSquares[j]! - 2 * linear[i * n + j]!, 0);
      lifted[i * n + j] = Math.exp(rate * distance);
    }
  }
  return lifted;
}
