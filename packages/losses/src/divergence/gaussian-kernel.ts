import { CrossmodalError } from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import { checkMask } from '../check-mask.js';
import { maskedMedian } from './masked-median.js';
import { medianOf } from './median-of.js';

/** Which distance an exponential sees: `squared`, a Gaussian, or `euclidean`, as the paper prints it. */
export type KernelDistance = 'squared' | 'euclidean';

/**
 * How the kernel's width follows the batch: `medianSquare`, `sigma^2 = share median(d^2)`, as the public code reads "15 % of the median
 * distance"; `median`, `sigma = share median(d)`, as the words say; or sigma itself, a number.
 */
export type KernelWidth = 'medianSquare' | 'median' | number;

/** What {@link gaussianKernel} takes. */
export interface GaussianKernelOptions {
  /** @defaultValue 'squared' */
  readonly distance?: KernelDistance;
  /** @defaultValue 'medianSquare' */
  readonly width?: KernelWidth;
  /** Share of the median, above 0; unused when the width is a number. @defaultValue 0.15 */
  readonly share?: number;
  /**
   * Rows, the first ones of the batch, whose distances to all rows give the median: sorting all n^2 takes longer than the rest of a step when
   * n is some hundreds.
   *
   * @defaultValue all
   */
  readonly medianRows?: number;
  /**
   * 1 for samples that are present, 0 for others, `[n, 1]`: distances of absent samples take no part in the median. Their rows and columns of
   * the kernel mean nothing. By default all are present.
   */
  readonly mask?: tf.Tensor | undefined;
}

/** Inside the root of a distance, whose gradient at 0 is infinite; 1e-6 of a unit. */
const ROOT_FLOOR = 1e-12;

/** Least `2 sigma^2`: where all samples of a batch coincide the median is 0, and every kernel value is then 1. */
const WIDTH_FLOOR = 1e-9;

/**
 * Similarity of the samples of a batch, `K_ij = exp(-||z_i - z_j||^2 / (2 sigma^2))`, or `exp(-||z_i - z_j|| / (2 sigma^2))` with
 * `euclidean`; a width that follows the batch takes no part in gradients.
 *
 * The median is the lower one of all n^2 distances, the zeros of the diagonal included, as in the public code. With `median` nearly every
 * entry off the diagonal vanishes: a share of 0.15 puts a median distance 6.7 sigma away.
 *
 * @param z - samples `[n, d]`
 * @returns `[n, n]`, symmetric, ones on the diagonal, in `[0, 1]`
 * @throws CrossmodalError `shape` when `z` is no `[n, d]` or the mask no `[n, 1]`; `option` when the width or share is not above 0, or there is none of that name.
 * @see Zhou and Shen, End-to-End Adversarial-Attention Network for Multi-Modal Clustering, CVPR 2020, section 3.1 (A) and 4.1
 * @example
 * ```ts
 * import { tf } from '@crossmodal/tensors';
 * const z = tf.tensor2d([[0, 0], [0, 1]]);
 * const kernel = gaussianKernel(z, { width: 1 }); // exp(-1/2) off the diagonal
 * tf.dispose([z, kernel]);
 * ```
 */
export function gaussianKernel(z: tf.Tensor2D, options: GaussianKernelOptions = {}): tf.Tensor2D {
  const { distance = 'squared', width = 'medianSquare', share = 0.15, medianRows = Infinity } = options;
  const { mask } = options;
  checkOptions(z, distance, width, share, medianRows);
  checkMask('gaussianKernel', z.shape[0], mask);
  return tf.tidy(() => {
    const squares = pairwiseSquares(z);
    const distances = distance === 'squared' ? squares : tf.sqrt(tf.maximum(squares, ROOT_FLOOR));
    const medianSquare = () =>
      mask === undefined
        ? medianOf(firstRows(squares, medianRows))
        : maskedMedian(squares, mask, Math.min(medianRows, squares.shape[0]));
    const off = tf.sub(1, tf.eye(z.shape[0]));
    const exponents = tf.mul(tf.div(distances, denominator(width, share, medianSquare)), off);
    return tf.exp(tf.neg(exponents)) as tf.Tensor2D;
  });
}

/** `2 sigma^2`. */
function denominator(width: KernelWidth, share: number, medianSquare: () => tf.Scalar): number | tf.Scalar {
  if (typeof width === 'number') return 2 * width * width;
  const factor = width === 'median' ? 2 * share * share : 2 * share;
  // sigma = share median(d) and sigma^2 = share^2 median(d^2) are one thing: squares keep the order of distances.
  return tf.maximum(tf.mul(medianSquare(), factor), WIDTH_FLOOR) as tf.Scalar;
}

/** The first rows of `[n, n]`, all of them where there are no more. */
function firstRows(squares: tf.Tensor2D, count: number): tf.Tensor2D {
  const [rows, columns] = squares.shape;
  return count < rows ? tf.slice(squares, [0, 0], [count, columns]) : squares;
}

/** `max(|z_i|^2 + |z_j|^2 - 2 z_i^T z_j, 0)`, `[n, n]`. */
function pairwiseSquares(z: tf.Tensor2D): tf.Tensor2D {
  const norms = tf.sum(tf.square(z), 1, true);
  const gram = tf.matMul(z, z, false, true);
  return tf.relu(tf.sub(tf.add(norms, tf.transpose(norms)), tf.mul(gram, 2))) as tf.Tensor2D;
}

function checkOptions(
  z: tf.Tensor2D,
  distance: KernelDistance,
  width: KernelWidth,
  share: number,
  medianRows: number,
): void {
  if ((z as tf.Tensor).rank !== 2) refuse('shape', '', 'samples [n, d]', `[${z.shape.join(', ')}]`);
  if (distance !== 'squared' && distance !== 'euclidean') {
    refuse('option', 'distance', 'squared or euclidean', String(distance));
  }
  const named = width === 'medianSquare' || width === 'median';
  if (!named && !(typeof width === 'number' && width > 0)) {
    refuse('option', 'width', 'medianSquare, median or a number above 0', String(width));
  }
  if (medianRows !== Infinity && !(Number.isInteger(medianRows) && medianRows >= 1)) {
    refuse('option', 'medianRows', 'an integer of 1 or more', String(medianRows));
  }
  if (!(share > 0)) refuse('option', 'share', 'a number above 0', String(share));
}

function refuse(code: 'shape' | 'option', option: string, expected: string, received: string): never {
  const where = option === '' ? 'gaussianKernel' : `gaussianKernel option '${option}'`;
  throw new CrossmodalError({ code, where, expected, received });
}
