import type { DenseMatrix, RandomSource } from '@crossmodal/core';
import { matrixProduct, transposeMatrix } from '@crossmodal/linalg';
import { unitRows } from '@crossmodal/transforms';
import { maximumAssignment } from '@crossmodal/metrics';
import { checkPositive } from '../checks/check-positive.js';
import { checkSameShape } from '../checks/check-same-shape.js';
import { distanceGap, relativeDistances } from './relative-distances.js';

/** Options of {@link layoutsAgree}. */
export interface LayoutsAgreeOptions {
  /** Draws the matches to compare with. */
  readonly random: RandomSource;
  /** Random matches to compare with. @defaultValue 300 */
  readonly draws?: number;
  /** Share of the random matches that may keep the distances better, `0..1`. @defaultValue 0.01 */
  readonly chance?: number;
}

/**
 * Whether clusters of two modalities that share their coordinates, such as images of one size, lie in the same places: the match of largest
 * cosines between centres must keep the distances among them better than random matches do.
 *
 * @param a - centres, shape `[k, d]`
 * @param b - centres, shape `[k, d]`
 * @throws CrossmodalError `shape` when the shapes differ; `option` when there is no draw.
 * @example
 * ```ts
 * const centres = fromRows([[9, 0], [0, 5], [-2, 1], [3, -8], [-7, -4], [1, 6], [-5, 5]]);
 * layoutsAgree(centres, centres, { random: randomSource(0) }); // true
 * ```
 */
export function layoutsAgree(
  a: DenseMatrix,
  b: DenseMatrix,
  { random, draws = 300, chance = 0.01 }: LayoutsAgreeOptions,
): boolean {
  checkSameShape('layoutsAgree', a, b);
  checkPositive('layoutsAgree', { draws });
  const k = a.rows;
  const cosines = matrixProduct(unitRows(a), transposeMatrix(unitRows(b)));
  const { columnOfRow } = maximumAssignment(cosines.values, k, k);
  const [first, second] = [relativeDistances(a), relativeDistances(b)];
  const own = distanceGap(first, second, columnOfRow, k);
  let better = 0;
  for (let draw = 0; draw < draws; draw++) {
    if (distanceGap(first, second, random.permutation(k), k) < own) better++;
  }
  return better <= chance * draws;
}
