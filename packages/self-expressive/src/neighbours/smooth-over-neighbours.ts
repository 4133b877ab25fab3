import { CrossmodalError, denseMatrix, type DenseMatrix } from '@crossmodal/core';
import { neighbourMeans, type WeightedNeighbours } from './neighbour-means.js';

/** Options of {@link smoothOverNeighbours}. */
export interface SmoothOverNeighboursOptions {
  /** Times that rows are averaged, 0 or more: twice reaches the neighbours of neighbours. @defaultValue 2 */
  readonly times?: number;
}

/**
 * Draws each row towards its neighbours in all modalities, `x_i <- (x_i + sum_v w_v mean_{j in N_v(i)} x_j) / (1 + mass_i)`, so that clusters contract
 * and k-means splits them where they are thin. An object without neighbours stays where it is.
 *
 * @param rows - shape `[n, d]`
 * @param modalities - neighbours and weight of each, as {@link neighbourMeans} takes them
 * @returns shape `[n, d]`
 * @throws CrossmodalError `shape` when a modality has not one list for each row; `option` when `times` is no whole number of 0 or more.
 * @example
 * ```ts
 * const pairs = { count: 1, indices: Int32Array.of(1, 0, -1) };
 * const modalities = [{ neighbours: pairs, weight: 1 }];
 * console.log(smoothOverNeighbours(fromRows([[0], [1], [7]]), modalities).values); // 0.5, 0.5, 7
 * ```
 */
export function smoothOverNeighbours(
  rows: DenseMatrix,
  modalities: readonly WeightedNeighbours[],
  { times = 2 }: SmoothOverNeighboursOptions = {},
): DenseMatrix {
  if (!Number.isInteger(times) || times < 0) {
    throw new CrossmodalError({
      code: 'option',
      where: "smoothOverNeighbours option 'times'",
      expected: 'an integer of 0 or more',
      received: String(times),
    });
  }
  let smooth = rows;
  for (let time = 0; time < times; time++) {
    const { sums, masses } = neighbourMeans(smooth, modalities);
    const { rows: n, columns: d, values } = smooth;
    const drawn = sums.values.map((sum, p) => (values[p]! + sum) / (1 + masses[Math.floor(p / d)]!));
    smooth = denseMatrix(drawn, n, d);
  }
  return smooth;
}
