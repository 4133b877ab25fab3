import { denseMatrix, type CsrMatrix, type DenseMatrix } from '@crossmodal/core';
import { damagedModel, type ModelArrays, type WritableArray } from '@crossmodal/io';
import { packCsr, unpackCsr } from './pack-csr.js';

/** What a clustering says of its training samples. */
export interface SavedClustering {
  /** Clusters from 0, length `n`. */
  readonly labels: Int32Array;
  /** Shape `[n, q]`. */
  readonly embedding: DenseMatrix<Float64Array>;
  /** Shape `[n, n]`; left out by methods without one. */
  readonly affinity?: CsrMatrix<Float32Array> | undefined;
}

/** Labels, embedding and affinity of a fitted model as arrays. */
export function packClustering({
  labels,
  embedding,
  affinity,
}: SavedClustering): Record<string, WritableArray> {
  return {
    labels: { shape: [labels.length], values: labels },
    embedding,
    ...(affinity === undefined ? {} : packCsr('affinity', affinity)),
  };
}

/** What {@link unpackClustering} must know. */
export interface UnpackClusteringOptions {
  /** Labels are below it. */
  readonly clusters: number;
  /** Whether there is an affinity. @defaultValue true */
  readonly affinity?: boolean;
  /** Rows of the model's other arrays, which must be the number of labels. @defaultValue none */
  readonly rows?: readonly number[];
}

/**
 * Puts together what {@link packClustering} split.
 *
 * @param where - the public function that loads, for the error
 * @throws CrossmodalError `format` when an array is missing or they do not belong together.
 */
export function unpackClustering(
  where: string,
  arrays: ModelArrays,
  options: UnpackClusteringOptions & { readonly affinity: false },
): SavedClustering;
export function unpackClustering(
  where: string,
  arrays: ModelArrays,
  options: UnpackClusteringOptions & { readonly affinity?: true },
): SavedClustering & { readonly affinity: CsrMatrix<Float32Array> };
export function unpackClustering(
  where: string,
  arrays: ModelArrays,
  { clusters, affinity = true, rows = [] }: UnpackClusteringOptions,
): SavedClustering {
  const stored = arrays.vector('labels');
  const labels = Int32Array.from(stored);
  const n = labels.length;
  const embedding = arrays.matrix('embedding');
  const sizes = [embedding.rows, ...rows];
  // A fraction would be cut to a whole number here.
  const isLabel = (label: number, i: number) => label === stored[i] && label >= 0 && label < clusters;
  if (sizes.some((size) => size !== n) || !labels.every(isLabel)) {
    throw damagedModel(
      where,
      'arrays',
      `arrays that do not belong together (${n} labels, ${sizes.join(', ')} rows)`,
    );
  }
  return {
    labels,
    embedding: denseMatrix(Float64Array.from(embedding.values), n, embedding.columns),
    ...(affinity ? { affinity: unpackCsr(where, 'affinity', [n, n], arrays) } : {}),
  };
}
