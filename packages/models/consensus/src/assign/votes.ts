import { denseMatrix, type DenseMatrix } from '@crossmodal/core';

/** What the training samples say of the members. */
export interface TrainingVotes {
  /** Clusters of the training samples by each member, `[n]`, in `0..clusters-1`. */
  readonly labels: readonly Int32Array[];
  /** Weight of each member, of sum 1. */
  readonly weights: readonly number[];
}

/**
 * Carries values of training samples over to other samples by the clusters of the members: `sum_g w_g mean{v_i : l_g(i) = l_g(x)}`. With `v` the one-hot
 * clusters of the consensus, these are votes; with `v` its embedding, the part of the Nyström extension that partitions have. A cluster without training
 * samples says nothing of its own, and counts as the mean of all.
 *
 * @param values - shape `[n, q]`
 * @param given - clusters of the other samples by each member, `[m]`
 * @returns shape `[m, q]`
 */
export function carriedOver(
  { labels, weights }: TrainingVotes,
  values: DenseMatrix,
  given: readonly Int32Array[],
): DenseMatrix<Float64Array> {
  const q = values.columns;
  const m = given[0]!.length;
  const result = new Float64Array(m * q);
  given.forEach((own, g) => {
    const means = clusterMeans(labels[g]!, values);
    own.forEach((label, x) => {
      const mean = means.get(label) ?? means.get(ALL)!;
      for (let j = 0; j < q; j++) result[x * q + j]! += weights[g]! * mean[j]!;
    });
  });
  return denseMatrix(result, m, q);
}

/** Stands for the cluster of all samples. */
const ALL = -1;

function clusterMeans(
  labels: Int32Array,
  { columns: q, values }: DenseMatrix,
): ReadonlyMap<number, Float64Array> {
  const sizes = new Map<number, number>();
  const sums = new Map<number, Float64Array>();
  labels.forEach((label, i) => {
    for (const cluster of [label, ALL]) {
      const sum = sums.get(cluster) ?? new Float64Array(q);
      for (let j = 0; j < q; j++) sum[j]! += values[i * q + j]!;
      sums.set(cluster, sum);
      sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
    }
  });
  for (const [cluster, sum] of sums) for (let j = 0; j < q; j++) sum[j]! /= sizes.get(cluster)!;
  return sums;
}
