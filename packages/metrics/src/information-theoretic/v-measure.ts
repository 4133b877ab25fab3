import { CrossmodalError } from '@crossmodal/core';
import type { Labels } from '../labels.js';
import { completeness } from './completeness.js';
import { homogeneity } from './homogeneity.js';

/** Options of {@link vMeasure}. */
export interface VMeasureOptions {
  /**
   * Weight of homogeneity against completeness, positive.
   *
   * @defaultValue 1
   */
  readonly beta?: number;
}

/**
 * V-measure: the weighted harmonic mean of homogeneity h and completeness c, V = (1+β) h c / (β h + c).
 * With β = 1 it equals the NMI with the arithmetic mean.
 *
 * @param truth - true labels, `[n]`, of any values
 * @param predicted - predicted labels, `[n]`, of any values
 * @returns a number in `[0, 1]`
 * @throws CrossmodalError `shape` when the lengths differ or there is no label; `value` on NaN labels; `option` when β is not positive.
 * @see Rosenberg and Hirschberg, V-Measure, 2007
 * @example
 * ```ts
 * vMeasure([0, 0, 1, 1], [1, 1, 0, 0]); // 1
 * ```
 */
export function vMeasure(truth: Labels, predicted: Labels, { beta = 1 }: VMeasureOptions = {}): number {
  if (!(beta > 0 && beta < Infinity)) {
    throw new CrossmodalError({
      code: 'option',
      where: "vMeasure option 'beta'",
      expected: 'a positive number',
      received: String(beta),
    });
  }
  const h = homogeneity(truth, predicted);
  const c = completeness(truth, predicted);
  return h * c === 0 ? 0 : ((1 + beta) * h * c) / (beta * h + c);
}
