import type { DenseMatrix } from '@crossmodal/core';
import { readValues, tf, toTensor } from '@crossmodal/tensors';
import { halfSquares, type CellRanking } from './half-squares.js';

/** How far the search looks. */
export interface CellChoice {
  /** Cells that are looked through for each query. */
  readonly searched: number;
  readonly ranking: CellRanking;
}

/** What {@link chooseCells} goes by: queries of which the true neighbours are known. */
export interface KnownNeighbours {
  /** Shape `[m, d]`. */
  readonly queries: DenseMatrix<Float32Array>;
  /** Row-major, shape `[m, count]`. */
  readonly indices: Int32Array;
  readonly count: number;
}

/**
 * The fewest cells among which a share of the true neighbours of a sample lie, by that ranking of cells which needs fewer: among rows of one
 * length usually the distance, otherwise the product.
 *
 * @param cellOf - cell of each reference
 * @param target - share of neighbours to be found
 */
export function chooseCells(
  { queries, indices, count }: KnownNeighbours,
  { means, cellOf, target }: { means: DenseMatrix<Float32Array>; cellOf: Int32Array; target: number },
): CellChoice {
  const cells = means.rows;
  const products = readValues(() => tf.matMul(toTensor(queries), toTensor(means), false, true));
  const [distance, product] = (['distance', 'product'] as const).map((ranking) => {
    const offsets = halfSquares(means, ranking);
    const ranks = new Int32Array(cells);
    indices.forEach((j, p) => {
      const row = Math.floor(p / count) * cells;
      const own = cellOf[j]!;
      const score = Math.fround(products[row + own]! - offsets[own]!);
      let rank = 0;
      for (let c = 0; c < cells; c++) {
        const other = Math.fround(products[row + c]! - offsets[c]!);
        // As the engine ranks them: in single precision, of equal ones the first.
        if (other > score || (other === score && c < own)) rank++;
      }
      ranks[rank]!++;
    });
    return { ranking, searched: fewest(ranks, target * indices.length) };
  }) as [CellChoice, CellChoice];
  return product.searched < distance.searched ? product : distance;
}

/** How many ranks, from the first, hold as many neighbours. */
function fewest(ranks: Int32Array, wanted: number): number {
  let found = 0;
  const last = ranks.findIndex((hits) => (found += hits) >= wanted);
  return last < 0 ? ranks.length : last + 1;
}
