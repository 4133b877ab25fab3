import {
  denseMatrix,
  gatherRows,
  meanOverModalities,
  type DenseMatrix,
  type SampleArray,
} from '@crossmodal/core';
import { tf } from '@crossmodal/tensors';
import type { ClusteringNetwork } from './clustering-network.js';

/** Samples of one modality of a {@link ClusteringNetwork}. */
export interface WeightedSamples {
  /** Shape `[n, d]`; absent rows are zero. */
  readonly x: SampleArray;
  /** 1 where the row is present, length `n`; left out when all are. */
  readonly present?: Uint8Array | undefined;
  /** Weight of the modality, 0 or more. */
  readonly weight: number;
}

/**
 * What the heads of a network see of samples in training, with batch statistics of all of them: the weighted mean over modalities, `[rows, units]`.
 *
 * @param samples - one entry per modality of the network
 * @param rows - the samples that are looked at, which are the batch; all where left out
 * @throws CrossmodalError `shape` when a modality has other features than the network; `value` when a row lies outside the samples.
 * @example
 * ```ts
 * import { randomSource } from '@crossmodal/core';
 * const network = clusteringNetwork({
 *   encoder: (random) => sharedEncoder({ inputSizes: [2], layers: [{ units: 3 }], random }),
 *   clusters: 2,
 *   random: randomSource(1),
 * });
 * const x = { shape: [4, 2], values: new Float32Array(8) };
 * console.log(meanLatents(network, [{ x, weight: 1 }]).columns); // 3
 * network.dispose();
 * ```
 */
export function meanLatents(
  network: Pick<ClusteringNetwork, 'apply'>,
  samples: readonly WeightedSamples[],
  rows?: ArrayLike<number>,
): DenseMatrix<Float32Array> {
  return meanOverModalities(
    samples.map((own, v) => {
      const { x, present, weight } = rows === undefined ? own : samplesAt(own, rows);
      const latent = tf.tidy(() => {
        const mask = present && tf.tensor2d(Float32Array.from(present), [present.length, 1]);
        const inputs = tf.tensor(x.values.slice(), [...x.shape]);
        return network.apply(inputs, v, { training: true, mask }).latent;
      });
      const [n, units] = latent.shape;
      const values = Float32Array.from(latent.dataSync());
      latent.dispose();
      return { rows: denseMatrix(values, n, units), weight, present };
    }),
  );
}

function samplesAt({ x, present, weight }: WeightedSamples, rows: ArrayLike<number>): WeightedSamples {
  const [n = 0, ...shape] = x.shape;
  const all = denseMatrix(x.values, n, n === 0 ? 0 : x.values.length / n);
  const { values } = gatherRows(all, rows, 'meanLatents');
  return {
    x: { shape: [rows.length, ...shape], values },
    present: present && Uint8Array.from(rows, (row) => present[row]!),
    weight,
  };
}
