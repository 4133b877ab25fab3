import type { DenseMatrix, FloatArray, RandomSource } from '@crossmodal/core';
import { randomisedSvd, tf, toTensor, type Module } from '@crossmodal/tensors';
import { fitCentre } from '@crossmodal/transforms';

/**
 * Share of its energy by which the captured subspace may still rise: energies of a covariance are fourth powers of singular values of the
 * features, which hide small ones.
 */
const TOLERANCE = 1e-7;

/** Options of {@link startAtComponents}. */
export interface StartAtComponentsOptions {
  /** 1 where a row is present, length n. @defaultValue all are */
  readonly present?: Uint8Array | undefined;
  /** Starts the decomposition. */
  readonly random: RandomSource;
}

/**
 * Starts a dense layer at the principal components of what it sees, centred, in one unit for all components, so that the mean square of its outputs in these is 1. Of
 * all linear layers these rebuild their input with the least squared error. Units beyond the number of samples or features stay zero; without any sample the
 * layer stays as it is.
 *
 * @param layer - a dense layer with bias, kernel `[d, units]`, changed in place
 * @param features - what it sees of samples, shape `[n, d]`
 * @example
 * ```ts
 * const layer = dense({ inputSize: 2, units: 1, random: randomSource(1) });
 * startAtComponents(layer, fromRows([[1, 1], [2, 2], [3, 3]]), { random: randomSource(1) });
 * console.log(layer.trainable[0]!.dataSync()); // along the diagonal
 * layer.dispose();
 * ```
 */
export function startAtComponents(
  { trainable: [kernel, offsets] }: Pick<Module, 'trainable'>,
  features: DenseMatrix,
  { present, random }: StartAtComponentsOptions,
): void {
  const [size, units] = kernel!.shape as [number, number];
  const count = present === undefined ? features.rows : present.filter((flag) => flag !== 0).length;
  const rank = Math.min(units, count, size);
  if (rank === 0) return;
  const centre = fitCentre(features, { present });
  tf.tidy(() => {
    // Absent rows stay zero, and add nothing.
    const x = toTensor(centre.apply(features, present)) as tf.Tensor2D;
    const { components, energy } = leadingComponents(x, rank, random);
    // Equal samples have no components: any unit will do.
    const unit = energy > 0 ? Math.sqrt((count * rank) / energy) : 1;
    const scaled = tf.mul(components, unit) as tf.Tensor2D;
    const padded = rank === units ? scaled : tf.concat([scaled, tf.zeros([size, units - rank])], 1);
    kernel!.assign(padded);
    const mean = tf.tensor2d(Float32Array.from(centre.state['means'] as FloatArray), [1, size]);
    offsets!.assign(tf.reshape(tf.neg(tf.matMul(mean, padded)), [units]));
  });
}

/** Right singular vectors of the largest singular values as columns, and the sum of the squares of those values. */
function leadingComponents(
  x: tf.Tensor2D,
  rank: number,
  random: RandomSource,
): { readonly components: tf.Tensor2D; readonly energy: number } {
  const [n, size] = x.shape;
  if (n <= size) {
    const { s, v } = randomisedSvd(x, { rank, random });
    return { components: v, energy: sumOf(s.dataSync(), (value) => value * value) };
  }
  // With more samples than features the covariance is the smaller matrix, and converges twice as fast.
  const { s, v } = randomisedSvd(tf.matMul(x, x, true), { rank, random, tolerance: TOLERANCE });
  return { components: v, energy: sumOf(s.dataSync()) };
}

function sumOf(values: ArrayLike<number>, map: (value: number) => number = (value) => value): number {
  let sum = 0;
  for (let j = 0; j < values.length; j++) sum += map(values[j]!);
  return sum;
}
