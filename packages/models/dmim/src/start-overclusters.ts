import { denseMatrix, meanOverModalities, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { nearestMeanHead, type LinearHead } from '@crossmodal/encoders';
import { smoothOverNeighbours } from '@crossmodal/self-expressive';
import { kMeans } from '@crossmodal/spectral';
import { tf, toTensor } from '@crossmodal/tensors';
import type { TrainingContext, TrainingModality } from './training-context.js';

/** Objects that a mean needs to be one; with few objects, overclusters beyond stay random. */
const LEAST_MEMBERS = 4;

/** Iterations of k-means: the means are a start, not a result. */
const ITERATIONS = 10;

/**
 * Starts the overclustering head C' at the means of small clusters: inputs, averaged over modalities and with those of neighbours, are
 * clustered by k-means, and overcluster c takes the latents near the mean of those of its members.
 *
 * From random weights, mutual information takes most of its steps to tell any clusters apart, and where that ends depends on the weights.
 */
export async function startOverclusters(context: TrainingContext, random: RandomSource): Promise<void> {
  const { network, modalities, signal } = context;
  const [weights, offsets] = network.overclusters!.trainable as [tf.Variable, tf.Variable];
  const inputs = averagedInputs(modalities);
  const classes = Math.min(weights.shape[1]!, Math.max(1, Math.floor(inputs.rows / LEAST_MEMBERS)));
  const { labels } = kMeans(inputs, {
    clusters: classes,
    random,
    restarts: 1,
    maxIterations: ITERATIONS,
    ...(signal ? { signal } : {}),
  });
  await assignFirst(weights, offsets, nearestMeanHead(meanLatents(context), labels, { classes }));
}

/** Gives the first classes of a head other weights. */
async function assignFirst(weights: tf.Variable, offsets: tf.Variable, head: LinearHead): Promise<void> {
  const [units, count] = weights.shape as [number, number];
  const { columns: classes, values } = head.kernel;
  const kernel = Float32Array.from(await weights.data());
  const shift = Float32Array.from(await offsets.data());
  for (let j = 0; j < units; j++) kernel.set(values.subarray(j * classes, (j + 1) * classes), j * count);
  shift.set(head.offsets);
  tf.tidy(() => {
    weights.assign(tf.tensor2d(kernel, [units, count]));
    offsets.assign(tf.tensor1d(shift));
  });
}

/** Inputs of objects, in no matter which modality, drawn to those of their neighbours, `[n, width]`. */
function averagedInputs(modalities: readonly TrainingModality[]): DenseMatrix {
  const width = Math.max(...modalities.map(({ features }) => features.columns));
  const inputs = meanOverModalities(
    modalities.map(({ features, ...own }) => ({ ...own, rows: padded(features, width) })),
  );
  const alone = modalities.some(({ neighbours }) => neighbours === undefined);
  return alone ? inputs : smoothOverNeighbours(inputs, modalities);
}

function padded(features: DenseMatrix<Float32Array>, width: number): DenseMatrix<Float32Array> {
  const { rows, columns, values } = features;
  if (columns === width) return features;
  const wide = new Float32Array(rows * width);
  for (let i = 0; i < rows; i++) wide.set(values.subarray(i * columns, (i + 1) * columns), i * width);
  return denseMatrix(wide, rows, width);
}

/** What the heads see of all objects with the statistics of all, mean over modalities, `[n, units]`. */
function meanLatents({ network, modalities }: TrainingContext): DenseMatrix<Float32Array> {
  const latents = modalities.map(({ features, present, weight }, v) => {
    const latent = tf.tidy(() => {
      const mask = present && tf.tensor2d(Float32Array.from(present), [present.length, 1]);
      return network.apply(toTensor(features), v, { training: true, mask }).latent;
    });
    try {
      const values = Float32Array.from(latent.dataSync());
      return { rows: denseMatrix(values, features.rows, latent.shape[1]), weight, present };
    } finally {
      latent.dispose();
    }
  });
  return meanOverModalities(latents);
}
