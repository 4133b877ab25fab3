import { denseMatrix, gatherRows, type DenseMatrix, type RandomSource } from '@crossmodal/core';
import { contentOrder } from './content-order.js';
import { nearestCells, type NearestCellsOptions } from './nearest-cells.js';

/** Rows per cell from which means are taken: with three times as many, no more neighbours are found. */
const ROWS_PER_CELL = 16;
/** Rounds of k-means: with more, no more neighbours are found. */
const ROUNDS = 4;

/** Options of {@link cellMeans}. */
export interface CellMeansOptions extends Omit<NearestCellsOptions, 'count' | 'ranking'> {
  /** Cells, no more than there are rows. */
  readonly cells: number;
  /** Decides the sample. */
  readonly random: RandomSource;
}

/**
 * Means of cells by a few rounds of k-means on a sample, which the content of the rows decides and not their order. A cell that is left without
 * rows begins again at the next row of the sample.
 *
 * @param points - shape `[n, d]`
 * @returns shape `[cells, d]`
 */
export async function cellMeans(
  points: DenseMatrix<Float32Array>,
  { cells, random, ...options }: CellMeansOptions,
): Promise<DenseMatrix<Float32Array>> {
  const { columns: d } = points;
  const order = contentOrder(points, random);
  const sample = gatherRows(points, order.subarray(0, Math.min(points.rows, ROWS_PER_CELL * cells)));
  let means = denseMatrix(sample.values.slice(0, cells * d), cells, d);
  let next = cells;
  for (let round = 0; round < ROUNDS; round++) {
    const nearest = await nearestCells(sample, means, { ...options, count: 1, ranking: 'distance' });
    const sums = new Float64Array(cells * d);
    const sizes = new Int32Array(cells);
    nearest.forEach((c, i) => {
      sizes[c]!++;
      for (let j = 0; j < d; j++) sums[c * d + j]! += sample.values[i * d + j]!;
    });
    const moved = new Float32Array(cells * d);
    for (let c = 0; c < cells; c++) {
      const from = sizes[c] === 0 ? next++ % sample.rows : -1;
      for (let j = 0; j < d; j++)
        moved[c * d + j] = from < 0 ? sums[c * d + j]! / sizes[c]! : sample.values[from * d + j]!;
    }
    means = denseMatrix(moved, cells, d);
  }
  return means;
}
