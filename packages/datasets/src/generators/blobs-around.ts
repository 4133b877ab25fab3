import { denseMatrix, paired, vectors, type RandomSource } from '@crossmodal/core';
import { balancedLabels } from './balanced-labels.js';
import { checkCount, checkRange, optionError } from './checks.js';
import type { LabelledData } from './labelled-data.js';

/** Options of {@link blobsAround}. */
export interface BlobsAroundOptions {
  /** Objects. */
  readonly n: number;
  /** Centres of the clusters, one at least, of one length d. */
  readonly centres: readonly (readonly number[])[];
  /** Deviation of each cluster, or of all. @defaultValue 1 */
  readonly deviations?: number | readonly number[];
  /** Matrix by which rows are multiplied at last, `[d, e]`, row by row. @defaultValue none */
  readonly transformation?: readonly (readonly number[])[];
  readonly random: RandomSource;
}

/**
 * Draws one modality of Gaussian clusters around given centres: `(c_k + deviation_k N(0, I)) T` for an object of cluster k. Unequal
 * deviations and a transformation that shears make clusters that k-means cuts wrongly.
 *
 * Clusters differ in size by one at the most; objects come in random order.
 *
 * @throws CrossmodalError `option` on a size or a width out of range, or centres, deviations and transformation that do not fit together.
 * @example
 * ```ts
 * const centres = [[-9, -5], [-5, 0], [2, 1]];
 * const { data, labels } = blobsAround({ n: 150, centres, deviations: [1, 2.5, 0.5], random: randomSource(1) });
 * console.log(data.modalities[0]!.features.columns, new Set(labels).size); // 2, 3
 * ```
 */
export function blobsAround(options: BlobsAroundOptions): LabelledData {
  const { n, centres, transformation, random } = options;
  const where = 'blobsAround';
  const d = centres[0]?.length ?? 0;
  const deviations = deviationsOf(options);
  checkSizes(where, options, deviations);
  const labels = balancedLabels(n, centres.length, random.fork('labels'));
  const points = random.fork('points');
  const columns = transformation?.[0]!.length ?? d;
  const values = new Float64Array(n * columns);
  labels.forEach((cluster, i) => {
    const row = centres[cluster]!.map((x) => x + deviations[cluster]! * points.normal());
    values.set(transformation === undefined ? row : product(row, transformation), i * columns);
  });
  return { data: paired([vectors('blobs', denseMatrix(values, n, columns))]), labels };
}

function deviationsOf({ centres, deviations = 1 }: BlobsAroundOptions): readonly number[] {
  return typeof deviations === 'number' ? centres.map(() => deviations) : deviations;
}

function checkSizes(
  where: string,
  { n, centres, transformation }: BlobsAroundOptions,
  deviations: readonly number[],
): void {
  checkCount(where, 'n', n, 1);
  checkCount(where, 'centres.length', centres.length, 1);
  const d = centres[0]!.length;
  checkCount(where, 'centres.0.length', d, 1);
  if (centres.some(({ length }) => length !== d))
    throw optionError(
      where,
      'centres',
      `rows of ${d} numbers`,
      centres.map(({ length }) => length).join(', '),
    );
  if (deviations.length !== centres.length)
    throw optionError(where, 'deviations', `${centres.length} numbers`, String(deviations.length));
  deviations.forEach((deviation, k) => checkRange(where, `deviations.${k}`, deviation, 0));
  if (transformation === undefined) return;
  const e = transformation[0]?.length ?? 0;
  if (transformation.length !== d || e === 0 || transformation.some(({ length }) => length !== e))
    throw optionError(where, 'transformation', `${d} rows of one length`, `${transformation.length} rows`);
}

function product(row: readonly number[], matrix: readonly (readonly number[])[]): number[] {
  return matrix[0]!.map((_, j) => row.reduce((sum, x, k) => sum + x * matrix[k]![j]!, 0));
}
