import { denseMatrix, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { kMeans } from '@crossmodal/spectral';
import { tf, toTensor } from '@crossmodal/tensors';
import { neighbourMeans } from './neighbour-means.js';
import { meanOverModalities } from './read-outputs.js';
import type { TrainingContext, TrainingModality } from './training-context.js';

/** Times that inputs are averaged with those of neighbours: twice goes to the neighbours of neighbours. */
const AVERAGED = 2;

/** Objects that a mean needs to be one; with few objects, overclusters beyond stay random. */
const LEAST_MEMBERS = 4;

/** Iterations of k-means: the means are a start, not a result. */
const ITERATIONS = 10;

/** What an overcluster's logit gains from the middle of all latents to its own mean, were that as far away as a latent is: soft, to be moved. */
const SHARPNESS = 20;

/**
 * Starts the overclustering head C' at the means of small clusters: inputs, averaged over modalities and with those of neighbours, are
 * clustered by k-means, and overcluster c takes the latents near the mean `m_c` of those of its members, with
 * `logit_c(h) = s (<m_c - m, h - m> - ||m_c - m||^2 / 2)`, m the mean of all and s by their spread.
 *
 * From random weights, mutual information takes most of its steps to tell any clusters apart, and where that ends depends on the weights.
 */
export async function startOverclusters(context: TrainingContext, random: RandomSource): Promise<void> {
  const { network, modalities, signal } = context;
  const [weights, offsets] = network.overclusters!.trainable as [tf.Variable, tf.Variable];
  const [units, count] = weights.shape as [number, number];
  const inputs = averagedInputs(modalities);
  const { rows: n } = inputs;
  const clusters = Math.min(count, Math.max(1, Math.floor(n / LEAST_MEMBERS)));
  const { labels } = kMeans(inputs, {
    clusters,
    random,
    restarts: 1,
    maxIterations: ITERATIONS,
    ...(signal ? { signal } : {}),
  });
  const latents = meanLatents(context);
  const { means, middle, spread } = classMeans(latents, labels, clusters);
  // Latents that are all alike tell nothing apart, whatever the factor.
  const s = spread > 0 ? SHARPNESS / spread : 0;
  const kernel = Float32Array.from(await weights.data());
  const shift = Float32Array.from(await offsets.data());
  for (let c = 0; c < clusters; c++) {
    let offset = 0;
    for (let j = 0; j < units; j++) {
      const away = means[c * units + j]! - middle[j]!;
      kernel[j * count + c] = s * away;
      offset -= s * away * (away / 2 + middle[j]!);
    }
    shift[c] = offset;
  }
  tf.tidy(() => {
    weights.assign(tf.tensor2d(kernel, [units, count]));
    offsets.assign(tf.tensor1d(shift));
  });
}

/** Inputs of objects, in no matter which modality, drawn to those of their neighbours, `[n, width]`. */
function averagedInputs(modalities: readonly TrainingModality[]): DenseMatrix {
  const width = Math.max(...modalities.map(({ features }) => features.columns));
  let inputs: DenseMatrix = meanOverModalities(
    modalities.map(({ features }) => padded(features, width)),
    modalities.map(({ weight }) => weight),
    modalities.map(({ present }) => present),
  );
  if (modalities.some(({ neighbours }) => neighbours === undefined)) return inputs;
  for (let time = 0; time < AVERAGED; time++) {
    const { sums, masses } = neighbourMeans(inputs, modalities);
    const { rows, columns, values } = inputs;
    const drawn = sums.values.map((sum, p) => (values[p]! + sum) / (1 + masses[Math.floor(p / columns)]!));
    inputs = denseMatrix(drawn, rows, columns);
  }
  return inputs;
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
  const latents = modalities.map(({ features, present }, v) => {
    const latent = tf.tidy(() => {
      const mask = present && tf.tensor2d(Float32Array.from(present), [present.length, 1]);
      return network.apply(toTensor(features), v, { training: true, mask }).latent;
    });
    try {
      return denseMatrix(Float32Array.from(latent.dataSync()), features.rows, latent.shape[1]);
    } finally {
      latent.dispose();
    }
  });
  return meanOverModalities(
    latents,
    modalities.map(({ weight }) => weight),
    modalities.map(({ present }) => present),
  );
}

/** Mean of each class and of all, and the mean squared distance from the latter. */
function classMeans({ rows: n, columns: d, values }: DenseMatrix, labels: Int32Array, classes: number) {
  const means = new Float64Array(classes * d);
  const middle = new Float64Array(d);
  const counts = new Float64Array(classes);
  for (let i = 0; i < n; i++) {
    const c = labels[i]!;
    counts[c]!++;
    for (let j = 0; j < d; j++) {
      means[c * d + j]! += values[i * d + j]!;
      middle[j]! += values[i * d + j]! / n;
    }
  }
  // An empty class, where many objects are the same, is at the middle of all.
  for (let c = 0; c < classes; c++)
    for (let j = 0; j < d; j++)
      means[c * d + j] = counts[c]! > 0 ? means[c * d + j]! / counts[c]! : middle[j]!;
  let spread = 0;
  for (let p = 0; p < values.length; p++) spread += (values[p]! - middle[p % d]!) ** 2 / n;
  return { means, middle, spread };
}
