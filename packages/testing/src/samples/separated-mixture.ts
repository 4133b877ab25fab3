import { denseMatrix, mixed, vectors, type Mixed, type RandomSource } from '@crossmodal/core';

/** What {@link separatedMixture} takes. */
export interface SeparatedMixtureOptions {
  /** Objects of each cluster in each modality; as many clusters as sizes. @defaultValue [24, 16, 10] */
  readonly sizes?: readonly number[];
  /** Columns of each modality, as many as clusters at least. @defaultValue [8, 6] */
  readonly columns?: readonly number[];
  /** Standard deviation around the cluster's centre, whose coordinates are of size 1. @defaultValue 0.03 */
  readonly noise?: number;
}

/** Mixed data whose clusters no sound method misses. */
export interface LabelledMixture {
  readonly data: Mixed;
  /** Cluster of each object, in the order of the rows: modality after modality, cluster after cluster. */
  readonly truth: Int32Array;
}

/**
 * Mixed vectors in clusters far apart, whose centres have the same lengths and angles in every modality, all angles and all sizes
 * different: so the clusters of one modality can be told from those of another by geometry, and in one way only.
 *
 * With `e_c` the indicator of the columns `j = c (mod clusters)` over the root of their number, the centre of cluster c is `e_c + w_c e_(c+1)`,
 * the weights `w_c` falling evenly from 0.9 to 0.
 */
export function separatedMixture(
  random: RandomSource,
  options: SeparatedMixtureOptions = {},
): LabelledMixture {
  const { sizes = [24, 16, 10], columns = [8, 6], noise = 0.03 } = options;
  const clusters = sizes.length;
  const own = sizes.flatMap((size, c) => new Array<number>(size).fill(c));
  const modalities = columns.map((d, v) => {
    const root = (c: number) => 1 / Math.sqrt(Math.ceil((d - c) / clusters));
    const values = Float32Array.from({ length: own.length * d }, (_, p) => {
      const c = own[Math.floor(p / d)]!;
      const group = (p % d) % clusters;
      const weight = clusters > 1 ? 0.9 * (1 - c / (clusters - 1)) : 0;
      const along = (group === c ? 1 : 0) + (group === (c + 1) % clusters ? weight : 0);
      return along * root(group) + noise * random.normal();
    });
    return vectors(`modality-${v}`, denseMatrix(values, own.length, d));
  });
  return { data: mixed(modalities), truth: Int32Array.from(columns.flatMap(() => own)) };
}
