import { denseMatrix, meanOverModalities, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { assignLinearHead, nearestMeanHead } from '@crossmodal/encoders';
import { smoothOverNeighbours, type NearestNeighbours } from '@crossmodal/self-expressive';
import { kMeans } from '@crossmodal/spectral';
import { tf } from '@crossmodal/tensors';
import type { DmimNetwork } from '../network/dmim-network.js';
import type { DmimSamples, DmimStructure } from '../types.js';

/** Objects that a mean needs to be one; with few objects, overclusters beyond stay random. */
const LEAST_MEMBERS = 4;

/** Iterations of k-means: the means are a start, not a result. */
const ITERATIONS = 10;

/** What {@link startOverclusters} takes. */
export interface OverclusterStart {
  readonly network: DmimNetwork;
  readonly samples: readonly DmimSamples[];
  readonly neighbours: DmimStructure['neighbours'];
  readonly random: RandomSource;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts the overclustering head C' at the means of small clusters: inputs, averaged over modalities and with those of neighbours, are
 * clustered by k-means, and overcluster c takes the latents near the mean of those of its members.
 *
 * From random weights, mutual information takes most of its steps to tell any clusters apart, and where that ends depends on the weights.
 */
export async function startOverclusters({
  network,
  samples,
  neighbours,
  random,
  signal,
}: OverclusterStart): Promise<void> {
  const head = network.overclusters!;
  const inputs = averagedInputs(samples, neighbours);
  const overclusters = head.trainable[0]!.shape[1]!;
  const classes = Math.min(overclusters, Math.max(1, Math.floor(inputs.rows / LEAST_MEMBERS)));
  const { labels } = kMeans(inputs, {
    clusters: classes,
    random,
    restarts: 1,
    maxIterations: ITERATIONS,
    ...(signal ? { signal } : {}),
  });
  await assignLinearHead(head, nearestMeanHead(meanLatents(network, samples), labels, { classes }));
}

/** Inputs of objects, in no matter which modality, drawn to those of their neighbours, `[n, width]`. */
function averagedInputs(
  samples: readonly DmimSamples[],
  neighbours: readonly NearestNeighbours[] | undefined,
): DenseMatrix {
  const width = Math.max(...samples.map(({ x }) => x.shape[1]!));
  const inputs = meanOverModalities(
    samples.map(({ x, weight, present }) => ({ rows: padded(x, width), weight, present })),
  );
  if (neighbours === undefined) return inputs;
  return smoothOverNeighbours(
    inputs,
    samples.map(({ weight }, v) => ({ weight, neighbours: neighbours[v] })),
  );
}

function padded({ shape, values }: DmimSamples['x'], width: number): DenseMatrix<Float32Array> {
  const [rows, columns] = shape as [number, number];
  if (columns === width) return denseMatrix(values, rows, columns);
  const wide = new Float32Array(rows * width);
  for (let i = 0; i < rows; i++) wide.set(values.subarray(i * columns, (i + 1) * columns), i * width);
  return denseMatrix(wide, rows, width);
}

/** What the heads see of all objects with the statistics of all, mean over modalities, `[n, units]`. */
function meanLatents(network: DmimNetwork, samples: readonly DmimSamples[]): DenseMatrix<Float32Array> {
  const latents = samples.map(({ x, present, weight }, v) => {
    const latent = tf.tidy(() => {
      const mask = present && tf.tensor2d(Float32Array.from(present), [present.length, 1]);
      const inputs = tf.tensor2d(x.values.slice(), x.shape as [number, number]);
      return network.apply(inputs, v, { training: true, mask }).latent;
    });
    try {
      const values = Float32Array.from(latent.dataSync());
      return { rows: denseMatrix(values, latent.shape[0], latent.shape[1]), weight, present };
    } finally {
      latent.dispose();
    }
  });
  return meanOverModalities(latents);
}
