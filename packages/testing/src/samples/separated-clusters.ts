import { denseMatrix, paired, vectors, type Paired, type RandomSource } from '@crossmodal/core';

/** What {@link separatedClusters} takes. */
export interface SeparatedClustersOptions {
  /** Clusters. @defaultValue 3 */
  readonly clusters?: number;
  /** Objects in each. @defaultValue 15 */
  readonly size?: number;
  /** Columns of each modality. @defaultValue [8, 6] */
  readonly columns?: readonly number[];
  /** Standard deviation around the cluster's centre, whose coordinates are of size 1. @defaultValue 0.05 */
  readonly noise?: number;
}

/** Data whose clusters no sound method misses. */
export interface LabelledData {
  readonly data: Paired;
  /** Cluster of each object, cluster after cluster. */
  readonly truth: Int32Array;
}

/**
 * Paired vectors in clusters far apart: one centre of zeros and ones a cluster, plus small noise.
 *
 * Cluster `c` is large in the columns `j = c (mod clusters)` of every modality, so centres are orthogonal and subspaces independent.
 */
export function separatedClusters(
  random: RandomSource,
  options: SeparatedClustersOptions = {},
): LabelledData {
  const { clusters = 3, size = 15, columns = [8, 6], noise = 0.05 } = options;
  const n = clusters * size;
  const truth = Int32Array.from({ length: n }, (_, i) => Math.floor(i / size));
  const modalities = columns.map((d, v) => {
    const values = Float32Array.from({ length: n * d }, (_, p) => {
      const centre = (p % d) % clusters === truth[Math.floor(p / d)] ? 1 : 0;
      return centre + noise * random.normal();
    });
    return vectors(`modality-${v}`, denseMatrix(values, n, d));
  });
  return { data: paired(modalities), truth };
}
