import {
  checkInteger,
  evenlySpaced,
  gatherRows,
  type DenseMatrix,
  type RandomSource,
} from '@crossmodal/core';
import { kMeans } from '@crossmodal/spectral';
import type { Module } from '@crossmodal/tensors';
import { assignLinearHead } from './assign-linear-head.js';
import { nearestMeanHead } from './nearest-mean-head.js';

/** Options of {@link startAtMeans}. */
export interface StartAtMeansOptions {
  /** What is clustered, shape `[n, q]`. */
  readonly inputs: DenseMatrix;
  /** What the head sees of samples of the given numbers, shape `[rows, d]`. */
  readonly latents: (rows: Int32Array) => DenseMatrix;
  /**
   * Samples that are clustered, evenly spaced, at most; more where `leastMembers` for each class are more. The means are a start, not a result.
   *
   * @defaultValue 10000
   */
  readonly sampleSize?: number;
  /** Decides the start of k-means. */
  readonly random: RandomSource;
  /** Samples that a mean needs on average to be one: with few samples, classes beyond keep their weights. @defaultValue 4 */
  readonly leastMembers?: number;
  /** Iterations of k-means. @defaultValue 10 */
  readonly maxIterations?: number;
  /** Stops k-means with an `aborted` error. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts a clustering head at the means of clusters: inputs are clustered by k-means, and class c of the head takes the latents near the mean of those of
 * cluster c, see {@link nearestMeanHead}.
 *
 * From random weights, losses of information take most of their steps to tell any clusters apart, and where that ends depends on the weights.
 *
 * @param head - a dense layer with bias, of as many classes as there are to be clusters, changed in place
 * @throws CrossmodalError `option` when `sampleSize` is no positive integer; as {@link nearestMeanHead} and {@link assignLinearHead}; `aborted` when the signal fires.
 * @example
 * ```ts
 * const head = dense({ inputSize: 1, units: 2, random: randomSource(1) });
 * const inputs = fromRows([0, 0, 0, 0, 9, 9, 9, 9].map((x) => [x]));
 * const latents = (rows: Int32Array) => gatherRows(inputs, rows);
 * await startAtMeans(head, { inputs, latents, random: randomSource(1) });
 * const logits = head.apply(tf.tensor2d([[0], [9]]), { training: false });
 * console.log(tf.argMax(logits, 1).dataSync()); // two different classes
 * head.dispose();
 * ```
 */
export async function startAtMeans(
  head: Pick<Module, 'trainable'>,
  { inputs, latents, random, sampleSize = 10_000, leastMembers = 4, ...options }: StartAtMeansOptions,
): Promise<void> {
  const { maxIterations = 10, signal } = options;
  checkInteger('startAtMeans', 'sampleSize', sampleSize, { minimum: 1 });
  const most = head.trainable[0]?.shape[1] ?? 0;
  // No class of a large head goes without a mean for want of samples that there are.
  const rows = evenlySpaced(inputs.rows, Math.max(sampleSize, leastMembers * most));
  const classes = Math.min(most, Math.max(1, Math.floor(rows.length / leastMembers)));
  const { labels } = kMeans(gatherRows(inputs, rows), {
    clusters: classes,
    random,
    restarts: 1,
    maxIterations,
    ...(signal ? { signal } : {}),
  });
  await assignLinearHead(head, nearestMeanHead(latents(rows), labels, { classes }));
}
