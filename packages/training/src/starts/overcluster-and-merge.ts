import type { DenseMatrix } from '@crossmodal/core';
import { mergeOverclusters } from '@crossmodal/spectral';
import { bestOfStarts, type BestOfStartsOptions } from './best-of-starts.js';

/** Options of {@link overclusterAndMerge}. */
export interface OverclusterAndMergeOptions extends Pick<
  BestOfStartsOptions<unknown>,
  'starts' | 'network' | 'fresh'
> {
  /** Clusters k to which overclusters are merged. */
  readonly clusters: number;
  /** Trains a head of many clusters in place, starts counted from 0: it gives the network the values of that start first. */
  readonly train: (start: number) => Promise<unknown>;
  /** Memberships of all samples in the overclusters, with the network as it is, shape `[n, m]`. */
  readonly memberships: () => Promise<DenseMatrix>;
  /**
   * Means of such rows over the neighbours of each sample, by which the merging judges, see `neighbourMeans` of `@crossmodal/self-expressive`.
   *
   * @defaultValue every sample is its own neighbour
   */
  readonly neighbourMeans?: (rows: DenseMatrix) => DenseMatrix;
}

/** What {@link overclusterAndMerge} gives. */
export interface MergedStart {
  /** Memberships in the merged clusters, shape `[n, k]`. */
  readonly memberships: DenseMatrix<Float32Array>;
  /** What the clusters of samples tell about those of their neighbours; of several starts the one with most is kept. */
  readonly information: number;
  /** Number of that start. */
  readonly start: number;
}

/**
 * Trains many more clusters than asked for, from one or several starts, and merges them to k: what losses of few clusters, which have many local
 * optima in which two clusters share an output, can start from. The network is left as the best start ended.
 *
 * @throws CrossmodalError `option` when `starts` is not a positive integer; what training and merging throw.
 * @see Mao et al., Deep Mutual Information Maximin for Cross-Modal Clustering, AAAI 2021, for the head; the merging is of {@link mergeOverclusters}
 * @example
 * ```ts
 * import { fromRows } from '@crossmodal/core';
 * import { tf } from '@crossmodal/tensors';
 * const w = tf.variable(tf.zeros([1]));
 * const { memberships } = await overclusterAndMerge({
 *   starts: 1,
 *   network: { variables: [w] },
 *   clusters: 2,
 *   train: async () => {},
 *   memberships: async () => fromRows([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0, 0, 1]]),
 *   neighbourMeans: ({ columns: m, values }) => fromRows([1, 0, 3, 2].map((j) => [...values.subarray(j * m, j * m + m)])),
 * });
 * console.log(memberships.columns); // 2
 * w.dispose();
 * ```
 */
export async function overclusterAndMerge({
  clusters,
  train,
  memberships,
  neighbourMeans,
  ...starts
}: OverclusterAndMergeOptions): Promise<MergedStart> {
  const { value, score, start } = await bestOfStarts({
    ...starts,
    async run(at) {
      await train(at);
      const merged = mergeOverclusters(await memberships(), {
        clusters,
        ...(neighbourMeans && { neighbourMeans }),
      });
      return { score: merged.information, value: merged.memberships };
    },
  });
  return { memberships: value, information: score, start };
}
