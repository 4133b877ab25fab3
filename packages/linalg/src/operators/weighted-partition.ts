/** A partition as a low-rank matrix: its weight where two rows share a cluster, 0 elsewhere. */
export interface WeightedPartition {
  /** Cluster of each row, `0..clusters-1`, `[n]`. */
  readonly labels: Int32Array;
  /** Number of clusters. */
  readonly clusters: number;
  /** Weight of two rows of one cluster, above 0. */
  readonly weight: number;
}

/** `y += c S Y Y^T S x` with `S = diag(scale)`. */
export function addPartition(
  { labels, clusters, weight }: WeightedPartition,
  scale: Float64Array | undefined,
  x: Float64Array,
  y: Float64Array,
): void {
  const sums = new Float64Array(clusters);
  if (scale === undefined) {
    for (let i = 0; i < x.length; i++) sums[labels[i]!]! += x[i]!;
    for (let i = 0; i < x.length; i++) y[i]! += weight * sums[labels[i]!]!;
    return;
  }
  for (let i = 0; i < x.length; i++) sums[labels[i]!]! += scale[i]! * x[i]!;
  for (let i = 0; i < x.length; i++) y[i]! += weight * scale[i]! * sums[labels[i]!]!;
}
