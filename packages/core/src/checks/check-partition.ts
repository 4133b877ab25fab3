import { CrossmodalError } from '../errors.js';

/** What a partition must fit. */
export interface PartitionSize {
  /** Objects. */
  readonly rows: number;
  /** Clusters, numbered from 0. */
  readonly clusters: number;
}

/**
 * Refuses a partition that has not one cluster in `0..clusters-1` for each object.
 *
 * @param where - the function or option that errors name
 * @throws CrossmodalError `shape` on another number of objects; `option` on a number that is no cluster.
 */
export function checkPartition(
  where: string,
  partition: ArrayLike<number>,
  { rows, clusters }: PartitionSize,
): void {
  if (partition.length !== rows) {
    throw new CrossmodalError({
      code: 'shape',
      where,
      expected: `${rows} clusters, one for each row`,
      received: String(partition.length),
    });
  }
  for (let i = 0; i < rows; i++) {
    const cluster = partition[i]!;
    if (Number.isInteger(cluster) && cluster >= 0 && cluster < clusters) continue;
    throw new CrossmodalError({
      code: 'option',
      where,
      expected: `clusters in 0..${clusters - 1}`,
      received: `${cluster} in row ${i}`,
    });
  }
}
