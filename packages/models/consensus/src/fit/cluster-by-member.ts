import { toCsr, type CsrMatrix, type FittedClusterer, type RandomSource } from '@crossmodal/core';
import { graphPartitions, kMeans } from '@crossmodal/spectral';

/** What a member says of samples. */
export interface MemberClustering {
  /** Name of the member. */
  readonly name: string;
  /** Clusters of the samples, `[n]`. */
  readonly labels: Int32Array;
  /** Those, and further clusterings of the same representation from other starts; none for new samples. */
  readonly partitions: readonly Int32Array[];
  /** Affinity of the samples, `[n, n]`; none where the member has none, or for new samples. */
  readonly graph?: CsrMatrix;
}

/** What {@link clusterByMember} takes beside the fitted member. */
export interface MemberPartitionOptions {
  readonly clusters: number;
  readonly random: RandomSource;
  /** Clusterings beside the labels, 0 or more. */
  readonly reclusterings: number;
  readonly signal?: AbortSignal | undefined;
}

/** Starts of k-means for each further clustering, as for the graphs of C5. */
const RESTARTS = 3;

/** Labels, graph and partitions of a fitted member: k-means of its graph's embedding, or of its own where it has no graph. */
export function clusterByMember(
  name: string,
  { labels, embedding, affinity }: Pick<FittedClusterer, 'labels' | 'embedding' | 'affinity'>,
  { clusters, random, reclusterings, signal }: MemberPartitionOptions,
): MemberClustering {
  const common = { clusters, restarts: RESTARTS, ...(signal && { signal }) };
  if (affinity !== undefined) {
    const graph = toCsr(affinity);
    const more =
      reclusterings === 0 ? [] : graphPartitions(graph, { ...common, random, runs: reclusterings });
    return { name, labels, partitions: [labels, ...more], graph };
  }
  const more = Array.from(
    { length: reclusterings },
    (_, run) => kMeans(embedding, { ...common, random: random.fork(`run ${run}`) }).labels,
  );
  return { name, labels, partitions: [labels, ...more] };
}
