import type { DenseMatrix, RandomSource } from '@crossmodal/core';
import { unitRows } from '@crossmodal/transforms';
import { maximumAssignment } from '@crossmodal/metrics';
import { product, transposed } from './linear-map.js';

/** Random matches to compare with. */
const DRAWS = 300;
/** Share of them that may fit better. */
const CHANCE = 0.01;

/**
 * Whether clusters of two modalities that share their coordinates lie in the same places: the match of largest cosines between centres must keep the
 * distances among them better than random matches do.
 *
 * @param a - centres, `[k, d]`
 * @param b - centres, `[k, d]`
 */
export function layoutAgrees(a: DenseMatrix, b: DenseMatrix, random: RandomSource): boolean {
  const k = a.rows;
  const cosines = product(unitRows(a), transposed(unitRows(b)));
  const { columnOfRow } = maximumAssignment(cosines.values, k, k);
  const [first, second] = [distances(a), distances(b)];
  const cost = (match: ArrayLike<number>) => {
    let sum = 0;
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) sum += (first[i * k + j]! - second[match[i]! * k + match[j]!]!) ** 2;
    return sum;
  };
  const own = cost(columnOfRow);
  let better = 0;
  for (let draw = 0; draw < DRAWS; draw++) if (cost(random.permutation(k)) < own) better++;
  return better <= CHANCE * DRAWS;
}

/** Distances over their root mean square. */
function distances({ rows: k, columns, values }: DenseMatrix): Float64Array {
  const result = new Float64Array(k * k);
  let squares = 0;
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) {
      let squared = 0;
      for (let q = 0; q < columns; q++) squared += (values[i * columns + q]! - values[j * columns + q]!) ** 2;
      result[i * k + j] = Math.sqrt(squared);
      squares += squared;
    }
  const scale = Math.sqrt(squares / Math.max(1, k * (k - 1)));
  return scale > 0 ? result.map((distance) => distance / scale) : result;
}
