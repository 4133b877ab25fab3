import { likeliestClusters } from '@crossmodal/spectral';
import { chunkedForward, tf } from '@crossmodal/tensors';
import { meanOverModalities, type DenseMatrix } from '@crossmodal/core';
import type { DmimNetwork } from './create-network.js';
import { sampleArray } from './training-batches.js';

/** What the network says of objects in one modality. */
export interface ModalityReading {
  /** Of the clustering head, shape `[n, k]`. */
  readonly memberships: DenseMatrix<Float32Array>;
  /** Of the overclustering head, shape `[n, factor k]`. */
  readonly overMemberships?: DenseMatrix<Float32Array> | undefined;
  /** What the heads saw, shape `[n, units]`. */
  readonly latent: DenseMatrix<Float32Array>;
}

/** Evaluates the network for any number of objects, compiled once. */
export interface OutputReader {
  /** One reading per modality, with the weights as they are now. */
  read(features: readonly DenseMatrix<Float32Array>[], signal?: AbortSignal): Promise<ModalityReading[]>;
  /** Frees what compilation holds; the network stays. */
  dispose(): void;
}

/** Makes the reader of a network. */
export function outputReader(network: DmimNetwork): OutputReader {
  const forward = chunkedForward({
    where: 'dmim',
    forward: (inputs) => {
      const outputs: Record<string, tf.Tensor> = {};
      network.inputSizes.forEach((_, v) => {
        const { latent, logits, overLogits } = network.apply(inputs[`x${v}`]!, v, { training: false });
        outputs[`z${v}`] = latent;
        outputs[`p${v}`] = tf.softmax(logits);
        if (overLogits !== undefined) outputs[`o${v}`] = tf.softmax(overLogits);
      });
      return outputs;
    },
  });
  return {
    async read(features, signal) {
      const samples = Object.fromEntries(features.map((matrix, v) => [`x${v}`, sampleArray(matrix)]));
      const outputs = await forward.run(samples, signal);
      return features.map((_, v) => ({
        memberships: outputs[`p${v}`]!,
        overMemberships: outputs[`o${v}`],
        latent: outputs[`z${v}`]!,
      }));
    },
    dispose: () => forward.dispose(),
  };
}

/** The reading of all modalities together. */
export interface JointReading {
  /** The likeliest cluster of each object. */
  readonly labels: Int32Array;
  /** Shape `[n, k]`, rows sum to 1; even for an object in no modality. */
  readonly memberships: DenseMatrix<Float32Array>;
  /** Shape `[n, units]`. */
  readonly latent: DenseMatrix<Float32Array>;
}

/** Means of memberships and latents over modalities, and the likeliest cluster of each object. */
export function joinReadings(
  readings: readonly ModalityReading[],
  weights: readonly number[],
  present: readonly (Uint8Array | undefined)[],
): JointReading {
  const mean = (of: (reading: ModalityReading) => DenseMatrix<Float32Array>) =>
    meanOverModalities(
      readings.map((reading, v) => ({ rows: of(reading), weight: weights[v]!, present: present[v] })),
    );
  const memberships = mean((reading) => reading.memberships);
  const { rows, columns: k, values } = memberships;
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * k, (i + 1) * k);
    if (row.every((value) => value === 0)) row.fill(1 / k);
  }
  const labels = likeliestClusters(memberships);
  return { memberships, latent: mean((reading) => reading.latent), labels };
}
