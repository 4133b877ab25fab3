import { denseMatrix, meanOverModalities, type DenseMatrix } from '@crossmodal/core';
import type { WeightedNeighbours } from './neighbour-means.js';
import { smoothOverNeighbours } from './smooth-over-neighbours.js';

/** Features of objects in one modality, with its weight and, perhaps, their neighbours there. */
export interface SmoothedModality extends WeightedNeighbours {
  /** Shape `[n, d]`; narrower modalities are padded with zeros. */
  readonly rows: DenseMatrix;
  /** 1 where the row is present, length `n`; left out when all are. */
  readonly present?: Uint8Array | undefined;
}

/**
 * Features of objects in no matter which modality, drawn to those of their neighbours in all of them: the weighted mean over modalities, then
 * {@link smoothOverNeighbours}. Modalities must speak of the same axes, as aligned ones do. Without neighbours in every modality it is the mean.
 *
 * @returns shape `[n, largest d]`
 * @throws CrossmodalError `shape` when modalities have different numbers of rows, flags or lists.
 * @example
 * ```ts
 * const rows = fromRows([[0], [1], [7]]);
 * const neighbours = { count: 1, indices: Int32Array.of(1, 0, -1) };
 * console.log(smoothOverModalities([{ rows, weight: 1, neighbours }]).values); // 0.5, 0.5, 7
 * ```
 */
export function smoothOverModalities(modalities: readonly SmoothedModality[]): DenseMatrix {
  const width = Math.max(...modalities.map(({ rows }) => rows.columns));
  const mean = meanOverModalities(
    modalities.map(({ rows, weight, present }) => ({ rows: padded(rows, width), weight, present })),
  );
  const alone = modalities.some(({ neighbours }) => neighbours === undefined);
  return alone ? mean : smoothOverNeighbours(mean, modalities);
}

function padded(matrix: DenseMatrix, width: number): DenseMatrix {
  const { rows, columns, values } = matrix;
  if (columns === width) return matrix;
  const wide = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) wide.set(values.subarray(i * columns, (i + 1) * columns), i * width);
  return denseMatrix(wide, rows, width);
}
